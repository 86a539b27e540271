"""Who saved a thing last, from the trail."""

from __future__ import annotations

from audit.models import Event
from measures.models import Measure


def last_saved(measure: Measure) -> Event | None:
    """The latest save of a measure, with ``actor_name`` and ``at``. One statement."""
    events = Event.objects.for_agency(measure.plan.agency_id).about("measure", measure.pk)
    return events.filter(act__in=["measure.added", "measure.changed"]).last()

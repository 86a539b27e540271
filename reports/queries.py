"""Named questions about reports, revisions and publications, each with a fixed number of SQL statements."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, QuerySet

from measures.models import Appointment
from reports.choices import Stage
from reports.models import SignOff


def waiting_for(appointments: Iterable[Appointment]) -> QuerySet[SignOff]:
    """Places in the chain whose turn it is and which these appointments fill; oldest first."""
    return (
        SignOff.objects.filter(
            position__in={a.position_id for a in appointments},
            revision__stage=Stage.SIGNING,
            revision__turn=F("order"),
            decision="",
        )
        .select_related("revision__report__plan", "position")
        .order_by("waiting_since", "pk")
    )

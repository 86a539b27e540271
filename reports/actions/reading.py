"""Note that somebody whose turn it is opened the document: who sent it sees that, and it is evidence later."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit.actions import hold, record
from measures.models import Person
from reports.models import SignOff


@transaction.atomic
def note_opening(*, place: SignOff, by: Person, at: datetime) -> None:
    """Note it once, however many open the page at the same moment."""
    hold(by.agency_id)
    if SignOff.objects.filter(pk=place.pk, opened_at=None, decision="").update(opened_at=at):
        revision = place.revision
        record(
            "revision.opened",
            agency_id=by.agency_id,
            by=by,
            at=at,
            about=revision,
            number=revision.number,
            order=place.order,
            position=place.position_title,
        )

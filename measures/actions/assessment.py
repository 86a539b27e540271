"""Keep the assessment's lists of items."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit.actions import record
from measures.models import AssessmentItem, Person


@transaction.atomic
def save_item(*, item: AssessmentItem, by: Person, at: datetime) -> AssessmentItem:
    """Save a new or corrected item."""
    item.save()
    record(
        "assessment.item_saved",
        agency_id=None,
        by=by,
        at=at,
        about=item,
        code=item.code,
        year=item.fiscal_year,
    )
    return item

"""What may hold up the rounds that are being signed, for the list of reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from measures.models import Position
from reports.actions.terms import AHEAD, Hazard, hazards, pending
from reports.models import Revision
from reports.views.shown import Year


@dataclass(frozen=True)
class Warned:
    """A hazard of one round; ``label`` says of what its report is."""

    revision: Revision
    label: str
    hazard: Hazard


def warned_rounds(years: Iterable[Year], today: date) -> list[Warned]:
    """Every hazard of every round in the chain, rehearsals left out; at most three statements."""
    waiting = [
        (row.revision, f"{row.label} {year.plan.fiscal_year}", place)
        for year in years
        for row in year.rows
        if row.revision
        for place in pending(row.revision)
    ]
    if not waiting:
        return []
    # A hazard belongs to a position; several rounds may wait for the same one.
    known = Position.objects.in_bulk({place.position_id for _, _, place in waiting})
    found = hazards([(0, position) for position in known.values()], today, today + AHEAD)
    return [
        Warned(revision, label, hazard)
        for revision, label, place in waiting
        for hazard in found
        if hazard.position.pk == place.position_id
    ]

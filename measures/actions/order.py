"""The order of things in a plan, changed by one person at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from measures.models import Measure, MeasureGroup, Plan

Thing = MeasureGroup | Measure


def lock(plan: Plan) -> None:
    """Hold the plan until the transaction ends, so that two people do not reorder it at once."""
    Plan.objects.select_for_update().get(pk=plan.pk)


def hold(thing: Thing) -> None:
    """Hold the plan of ``thing`` and read it anew. Raises ``ObjectDoesNotExist`` where it was deleted meanwhile."""
    lock(thing.plan)
    thing.refresh_from_db()


def renumber(things: Iterable[Thing]) -> None:
    """Give ``things`` the positions 1, 2, 3 … in the order in which they come."""
    for position, thing in enumerate(things, start=1):
        if thing.position != position:
            thing.position = position
            thing.save(update_fields=["position"])


def moved(things: Sequence[Thing], pk: int, *, up: bool) -> bool:
    """Let the thing ``pk`` change places with its neighbour; False at an end of the list."""
    index = [thing.pk for thing in things].index(pk)
    other = index - 1 if up else index + 1
    if not 0 <= other < len(things):
        return False
    order = [*range(len(things))]
    order[index], order[other] = other, index
    renumber([things[i] for i in order])
    return True

"""You come here to read the trail as links of its chains, a few thousand at a time, however long it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from audit.chain import Link, line, moment
from audit.models import Event

_COLUMNS: Final = (
    "chain", "seq", "previous", "at", "actor_id", "actor_name", "act", "target", "target_id", "details_json", "hash",
)  # fmt: skip
_AT_ONCE: Final = 5000


def chains() -> list[int]:
    """The numbers of all chains."""
    return list(Event.objects.order_by("chain").values_list("chain", flat=True).distinct())


def rows(chain: int) -> Iterator[tuple[Any, ...]]:
    """The events of a chain in order as tuples of the columns above."""
    return Event.objects.filter(chain=chain).order_by("seq").values_list(*_COLUMNS).iterator(_AT_ONCE)


def links(chain: int) -> Iterator[Link]:
    """The events of a chain as links."""
    for number, seq, previous, at, *rest, kept in rows(chain):
        yield Link(seq, previous, line(number, seq, previous, moment(at), *rest), kept)

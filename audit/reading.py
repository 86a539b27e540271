"""You come here to read the trail as links of its chains, a few thousand at a time, however long it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from audit.chain import ANCHORED, PORTAL, Broken, Known, Link, Walk, heads_in, line, moment
from audit.models import Anchor, Event, Head

_COLUMNS: Final = (
    "chain", "seq", "previous", "at", "actor_id", "actor_name", "act", "target", "target_id", "details_json", "hash",
)  # fmt: skip
_AT_ONCE: Final = 5000


def witnessed() -> list[Known]:
    """The heads of all chains as the portal's own chain tells them: who rewrites an anchor must rewrite that too."""
    told = (
        Event.objects.filter(chain=PORTAL, act=ANCHORED)
        .order_by("seq")
        .values_list("details_json", flat=True)
    )
    return [known for details in told for known in heads_in(details)]


def chains() -> list[int]:
    """The numbers of all chains, also of those of which only the head or an anchor is left."""
    found = (model.objects.values_list("chain", flat=True).distinct() for model in (Event, Head, Anchor))
    return sorted({number for numbers in found for number in numbers})


def rows(chain: int, *, after: int = 0) -> Iterator[tuple[Any, ...]]:
    """The events of a chain in order as tuples of the columns above."""
    found = Event.objects.filter(chain=chain, seq__gt=after) if after else Event.objects.filter(chain=chain)
    return found.order_by("seq").values_list(*_COLUMNS).iterator(_AT_ONCE)


def links(chain: int, *, after: int = 0) -> Iterator[Link]:
    """The events of a chain as links."""
    for number, seq, previous, at, *rest, kept in rows(chain, after=after):
        yield Link(seq, previous, line(number, seq, previous, moment(at), *rest), kept)


def anchors_of(chain: int) -> list[Known]:
    """The heads of a chain that the portal itself keeps."""
    kept = Anchor.objects.filter(chain=chain).order_by("day").values_list("day", "chain", "seq", "hash")
    return [Known(*row) for row in kept]


def follow(chain: int, walk: Walk) -> Broken | None:
    """Follow a chain to where its head says it ends, though others write on meanwhile.

    The head is asked after the events: whoever wrote one moved the head in the same transaction.
    """
    if broken := walk.follow(links(chain, after=walk.seq)):
        return broken
    head = Head.objects.filter(chain=chain).first()
    if head is None:
        return Broken(walk.seq, "ไม่พบปลายสายที่จดไว้") if walk.seq else None
    if head.seq > walk.seq and (broken := walk.follow(links(chain, after=walk.seq))):  # written meanwhile
        return broken
    if head.seq > walk.seq:
        return Broken(walk.seq + 1, f"เหตุการณ์ที่ {walk.seq + 1} ถึง {head.seq} ท้ายสายถูกตัดออก")
    if head.seq < walk.seq:
        return Broken(head.seq + 1, f"เหตุการณ์ที่ {head.seq + 1} ถูกแทรกท้ายสาย เกินปลายสายที่จดไว้")
    if head.seq == walk.seq and head.hash != walk.hash:
        return Broken(walk.seq, f"เหตุการณ์ที่ {walk.seq} ไม่ตรงกับปลายสายที่จดไว้")
    return None


def holds(chain: int, seq: int, known: str) -> bool:
    """Whether a chain has an event of this number and hash."""
    return Event.objects.filter(chain=chain, seq=seq, hash=known).exists()

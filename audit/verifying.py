"""You come here to learn whether a chain is whole: by itself, by the anchors kept of it, and by what was published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from audit.chain import PORTAL, Known, Walk
from audit.models import Head
from audit.reading import anchors_of, follow, links


@dataclass(frozen=True)
class Verdict:
    """What was found of a chain: where it ends, what was followed, and what is wrong, the first thing first."""

    chain: int
    seq: int
    hash: str
    problems: list[str] = field(default_factory=list)
    first: int = 1
    """The event with which following began."""


def verify(chain: int, *, published: Iterable[Known] = (), told: Sequence[Known] = ()) -> Verdict:
    """Follow a whole chain and hold it against every head known of it.

    ``published`` are heads kept outside the portal, ``told`` those that the portal's own chain tells.
    """
    kept = anchors_of(chain)
    outside = [known for known in published if known.chain == chain]
    witnessed = [known for known in told if known.chain == chain]
    walk = Walk({*kept, *outside, *witnessed})
    if broken := follow(chain, walk):
        return Verdict(chain, walk.seq, walk.hash, [broken.sentence, *_cut(walk)])
    return Verdict(chain, walk.seq, walk.hash, [*_rewritten(walk, kept, {*outside, *witnessed}), *_cut(walk)])


def verify_end(chain: int, *, at_most: int) -> Verdict:
    """Follow the last ``at_most`` events of a chain, from an anchor where there is one; all of a shorter chain."""
    head = Head.objects.filter(chain=chain).first()
    kept = anchors_of(chain)
    if head is None or head.seq <= at_most:
        walk = Walk(kept)
        broken = follow(chain, walk)
        first = 1
    else:
        start = min((k.seq for k in kept if k.seq > head.seq - at_most), default=head.seq - at_most + 1)
        before = next(links(chain, after=start - 1), None)
        walk = Walk(kept, seq=start - 1, last=before.previous if before else "")
        broken = follow(chain, walk)
        first = start
    problems = [broken.sentence] if broken else _rewritten(walk, kept, set())
    return Verdict(chain, walk.seq, walk.hash, [*problems, *_cut(walk)], first)


def altered(kept: Iterable[Known], told: Iterable[Known]) -> list[str]:
    """What was done to the anchors themselves, by what the portal's chain tells of them.

    Of the newest anchor of its own it tells with the next.
    """
    here, there = ({(each.day, each.chain): each for each in heads} for heads in (kept, told))
    untold = max(
        (place for place in here if place[1] == PORTAL), key=lambda place: here[place].seq, default=None
    )
    found = []
    for place in sorted(here.keys() | there.keys()):
        if place == untold and place not in there:
            continue
        if here.get(place) == there.get(place):
            continue
        act = "ถูกลบ" if place not in here else "ถูกแทรก" if place not in there else "ถูกแก้ไข"
        found.append(f"หมุดวันที่ {place[0]} ของสาย {place[1]} {act}: ไม่ตรงกับที่สายของพอร์ทัลจดไว้")
    return found


def _rewritten(walk: Walk, kept: Sequence[Known], outside: set[Known]) -> list[str]:
    """A chain that holds by itself and still is another than the one whose head was noted."""
    found = []
    for known in sorted(walk.missed):
        if known in outside:
            found.append(f"สายถูกเขียนใหม่: เหตุการณ์ที่ {known.seq} ไม่ตรงกับปลายสายที่ประกาศไว้เมื่อวันที่ {known.day}")
        elif any((k.day, k.chain) == (known.day, known.chain) for k in outside):
            found.append(f"หมุดวันที่ {known.day} ถูกแก้ไข: เหตุการณ์ที่ {known.seq} ตรงกับปลายสายที่ประกาศไว้")
        else:
            found.append(f"สายถูกเขียนใหม่หรือหมุดวันที่ {known.day} ถูกแก้ไข: เหตุการณ์ที่ {known.seq} ไม่ตรงกัน")
    return found


def _cut(walk: Walk) -> list[str]:
    beyond = walk.beyond
    if not beyond:
        return []
    last = max(beyond, key=lambda known: known.seq)
    return [f"ท้ายสายถูกตัดหรือถูกย้อนกลับ: วันที่ {last.day} สายมีถึงเหตุการณ์ที่ {last.seq} แต่ตรวจพบถึงเหตุการณ์ที่ {walk.seq}"]

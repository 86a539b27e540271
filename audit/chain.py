"""You come here for how events are tied together: each bears the SHA-256 of the one before it in its chain. Pure.

An agency's events form one chain, the portal's own another (number 0). What is hashed is one line of JSON with the
fields of an event in a fixed order and form, so that anyone can compute it again (docs/trail.md). A known head says
where a chain stood on a day; it was published and mailed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

GENESIS: Final = "0" * 64
"""What the first event of a chain says of the one before it."""

FORMAT: Final = 1
PORTAL: Final = 0
"""The chain of what concerns no agency."""
ANCHORED: Final = "trail.anchored"
"""The act by which the portal's chain tells where all chains stood."""

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def line(
    chain: int,
    seq: int,
    previous: str,
    at: str,
    actor_id: int | None,
    actor_name: str,
    act: str,
    target: str,
    target_id: int | None,
    details: str,
) -> str:
    """The line that is hashed: a JSON list, no spaces, letters as they are. ``details`` is JSON itself, as text."""
    return _write((FORMAT, chain, seq, previous, at, actor_id, actor_name, act, target, target_id, details))


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of ``text`` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment as it is hashed and exported: "2026-11-24T07:05:00.000000Z"."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def canonical(details: object) -> str:
    """Details as they are kept and hashed: sorted keys, no spaces."""
    return json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, order=True)
class Known:
    """A head known from outside a chain; ``str`` is the line that is published, mailed and read again."""

    day: date
    chain: int
    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.day} {self.chain} {self.seq} {self.hash}"


_KNOWN: Final = re.compile(r"\b(\d{4}-\d\d-\d\d) (\d{1,18}) (\d{1,18}) ([0-9a-f]{64})\b")


def heads_in(text: str) -> Iterator[Known]:
    """The heads that a text names, one a line: the published list, or a whole letter as it was kept."""
    for day, chain, seq, last in _KNOWN.findall(text):
        yield Known(date.fromisoformat(day), int(chain), int(seq), last)


@dataclass(frozen=True)
class Link:
    """An event as far as its chain goes: ``line`` as :func:`line` makes it, and the ``hash`` that is kept of it."""

    seq: int
    previous: str
    line: str
    hash: str


@dataclass(frozen=True)
class Broken:
    """The first event of a chain that does not hold, and why, as a sentence."""

    seq: int
    sentence: str


class Walk:
    """Follows a chain; ``seq`` and ``hash`` are those of the last event that held.

    ``known`` are heads that the chain must contain: of each that was met without being contained, ``missed`` keeps it.
    """

    def __init__(self, known: Iterable[Known] = (), *, seq: int = 0, last: str = GENESIS) -> None:
        self.seq, self.hash = seq, last
        self._before = ""
        self._known: dict[int, list[Known]] = {}
        for head in known:
            self._known.setdefault(head.seq, []).append(head)
        self.missed: list[Known] = []

    def follow(self, links: Iterable[Link]) -> Broken | None:
        """Go on along ``links`` to the first that does not hold; None where all do."""
        rest = iter(links)
        for link in rest:
            if link.seq != self.seq + 1 or link.previous != self.hash or sha256(link.line) != link.hash:
                return self._why(link, rest)
            self._before, self.seq, self.hash = self.hash, link.seq, link.hash
            if self._known and (heads := self._known.pop(link.seq, ())):
                self.missed += [head for head in heads if head.hash != link.hash]
        return None

    @property
    def beyond(self) -> list[Known]:
        """The known heads that the chain did not reach."""
        return sorted(head for heads in self._known.values() for head in heads if head.seq > self.seq)

    def _why(self, link: Link, rest: Iterator[Link]) -> Broken:
        """What was done to the first link that does not hold; what follows it may tell."""
        due = self.seq + 1
        if link.seq > due:
            return Broken(due, f"เหตุการณ์ที่ {due} ถูกลบ (ลำดับถัดไปที่พบคือ {link.seq})")
        if link.seq < due:
            return Broken(due, f"เหตุการณ์ที่ {due} ถูกแทรกหรือมีลำดับซ้ำ (พบลำดับที่ {link.seq} อีกครั้ง)")
        if link.previous == self.hash:
            return Broken(due, f"เหตุการณ์ที่ {due} ถูกแก้ไข")
        if link.previous == self._before:
            return Broken(self.seq, f"เหตุการณ์ที่ {self.seq} ถูกแทรก: เหตุการณ์ที่ {due} ต่อจากเหตุการณ์ก่อนหน้านั้น")
        if moved := next((other for other in rest if other.previous == self.hash), None):
            return Broken(due, f"เหตุการณ์ที่ {due} ถูกสลับลำดับ: เหตุการณ์ที่ควรอยู่ตรงนี้อยู่ที่ลำดับ {moved.seq}")
        return Broken(due, f"เหตุการณ์ที่ {due} ถูกแก้ไขหรือถูกเปลี่ยน จึงไม่ต่อจากเหตุการณ์ก่อนหน้า")

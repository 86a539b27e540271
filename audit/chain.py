"""You come here for how events are tied together: each bears the SHA-256 of the one before it in its chain. Pure.

An agency's events form one chain, the portal's own another (number 0). What is hashed is one line of JSON with the
fields of an event in a fixed order and form, so that anyone can compute it again (docs/trail.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

GENESIS: Final = "0" * 64
"""What the first event of a chain says of the one before it."""

FORMAT: Final = 1
PORTAL: Final = 0
"""The chain of what concerns no agency."""


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
    fields = (FORMAT, chain, seq, previous, at, actor_id, actor_name, act, target, target_id, details)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of ``text`` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment as it is hashed and exported: "2026-11-24T07:05:00.000000Z"."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(details: object) -> str:
    """Details as they are kept and hashed: sorted keys, no spaces."""
    return json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
    """Follows a chain from its beginning; ``seq`` and ``hash`` are those of the last event that held."""

    def __init__(self) -> None:
        self.seq, self.hash = 0, GENESIS

    def follow(self, links: Iterable[Link]) -> Broken | None:
        """Go on along ``links`` to the first that does not hold; None where all do."""
        for link in links:
            if (broken := self._step(link)) is not None:
                return broken
        return None

    def _step(self, link: Link) -> Broken | None:
        if link.seq != self.seq + 1:
            missing = self.seq + 1
            return Broken(missing, f"เหตุการณ์ที่ {missing} หายไปหรือมีลำดับซ้ำ (พบลำดับที่ {link.seq})")
        if link.previous != self.hash:
            return Broken(link.seq, f"เหตุการณ์ที่ {link.seq} ไม่ต่อจากเหตุการณ์ก่อนหน้า")
        if sha256(link.line) != link.hash:
            return Broken(link.seq, f"เหตุการณ์ที่ {link.seq} ถูกแก้ไข")
        self.seq, self.hash = link.seq, link.hash
        return None

"""You come here for how long a document may be: whatever is sent in must not keep the printer busy for minutes.

A line costs about 0.4 ms and 5 kB while the file is made, so that the longest takes some 12 s; no other is made
meanwhile. The real report of a town has some 200, of 500 measures some 13,000. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from measures.bullets import Bullets
from measures.thai import thai_digits
from reports import columns
from reports.content import Content, Measure
from reports.document.fonts import Unprintable

MOST: Final = 30_000
"""Lines that a document may have, by estimate. Never less than it was: what was presented must still be sealed."""

_LETTERS: Final = 50  # of a line in a column of usual width


class TooLong(Unprintable):
    """More than can be printed at once; ``str(error)`` is a Thai sentence that says how much, and how much may be."""

    def __init__(self, lines: int, *, thai: bool) -> None:
        self.lines = lines
        found, most = (thai_digits(f"{number:,}") if thai else f"{number:,}" for number in (lines, MOST))
        super().__init__(
            f"เอกสารยาวเกินไป มีประมาณ {found} บรรทัด ระบบพิมพ์ได้ครั้งละไม่เกิน {most} บรรทัด "
            "กรุณาย่อข้อความ หรือแบ่งเป็นรายงานรายไตรมาส"
        )


def check_length(content: Content) -> None:
    """Raise ``TooLong`` if ``content`` has more lines than can be printed at once."""
    if (found := lines(content)) > MOST:
        raise TooLong(found, thai=content.thai_digits)


def lines(content: Content) -> int:
    """About how many lines ``content`` takes, each cell and each entry of a list at least one."""
    sections = sum(
        _texts(section.body.splitlines()) + _bullets(section.items) for section in content.memorandum.sections
    )
    rows = sum(_row(content, measure) for measure in content.table.measures)
    return sections + rows


def _row(content: Content, measure: Measure) -> int:
    cells = (
        columns.cell(measure, column.source, thai=content.thai_digits) for column in content.table.columns
    )
    return sum(max(1, _bullets(cell)) for cell in cells)


def _bullets(bullets: Bullets) -> int:
    return _texts(bullet.text for bullet in bullets) + sum(_bullets(bullet.items) for bullet in bullets)


def _texts(texts: Iterable[str]) -> int:
    return sum(1 + len(text) // _LETTERS for text in texts)

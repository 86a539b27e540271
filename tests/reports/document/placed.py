"""The memorandum's lines as they stand on its pages, in centimetres from the upper left corner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from reports.content import Content, Endorsement
from reports.document.engine import in_turn
from reports.document.structure import Element

CM = 72 / 2.54
_ASCENT, _DESCENT = 0.85, 0.25  # of TH SarabunPSK, in its points


@dataclass(frozen=True)
class Placed:
    """A line: its words, where it begins, its baseline, where it ends; the points and the element of it."""

    words: str
    x: float
    y: float
    right: float
    points: int
    bold: bool
    spread: float
    element: Element | None

    @property
    def top(self) -> float:
        return self.y - self.points * _ASCENT / CM

    @property
    def bottom(self) -> float:
        return self.y + self.points * _DESCENT / CM

    @property
    def middle(self) -> float:
        return (self.x + self.right) / 2


@dataclass(frozen=True)
class Page:
    """The lines in order, the dotted lines (from x to x at y), the emblem's room (x, y, width, height)."""

    lines: list[Placed]
    dots: list[tuple[float, float, float]]
    emblem: tuple[float, float, float, float] | None
    emblem_element: Element | None

    @cached_property
    def text(self) -> str:
        return squeezed("".join(line.words for line in self.lines))

    @cached_property
    def body(self) -> list[Placed]:
        """What is part of the text: no page number, no mark, no next words."""
        return [line for line in self.lines if line.element]

    def line(self, beginning: str) -> Placed:
        """The first that begins so."""
        return next(line for line in self.lines if line.words.startswith(beginning))


@dataclass(frozen=True)
class Placing:
    """The pages and the order of reading."""

    pages: list[Page]
    structure: Element

    def read(self, element: Element) -> str:
        """What ``element`` itself holds, from page to page."""
        return "".join(line.words for page in self.pages for line in page.lines if line.element is element)

    @property
    def text(self) -> str:
        """All that is read aloud, in order."""
        return squeezed("".join(map(self.read, self.structure.walk())))


@cache
def place(content: Content, *endorsements: Endorsement, draft: bool = False) -> Placing:
    """Set ``content``'s memorandum, once for all who ask for the same."""
    with in_turn() as font_config:
        from reports.document import setting  # noqa: PLC0415 -- after the engine has its fonts

        written = setting.set_document(
            content, font_config, endorsements=endorsements, draft=draft, parts=("memorandum",)
        )
        pages = [
            Page(
                [
                    Placed(
                        text.line.words, text.x / CM, text.y / CM,
                        (text.x + text.line.width + text.spread * (text.line.letters - 1)) / CM,
                        text.face.points, text.face.bold, text.spread, text.element,
                    )
                    for text in sheet.texts
                ],
                [(start / CM, end / CM, y / CM) for start, end, y in sheet.dots],
                None if sheet.emblem is None else tuple(side / CM for side in sheet.emblem),  # type: ignore[arg-type]
                sheet.emblem_element,
            )
            for sheet in written.sheets
        ]  # fmt: skip
        return Placing(pages, written.structure)


def squeezed(text: str) -> str:
    """``text`` without white space, since lines wrap."""
    return re.sub(r"\s+", "", text)

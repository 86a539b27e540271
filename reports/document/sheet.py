"""You come here for a page as it will be drawn: which line stands where, and the rules between them, in points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from measures.thai import thai_digits
from reports.document.paragraphs import Face, Line, Setter
from reports.document.qr import Code
from reports.document.structure import Element
from reports.document.watermark import Outline

CM: Final = 72 / 2.54
_PAGE_NUMBER: Final = Face(16, 18.1)
_DRAFT: Final = Face(18, 18.1, bold=True)


@dataclass(frozen=True)
class Text:
    """A line where it begins on its baseline, how far its letters are spread, and the element it is part of.

    Without an element it is no part of what is read aloud: a page number, a heading repeated on the next page.
    """

    line: Line
    face: Face
    x: float
    y: float
    spread: float = 0
    element: Element | None = None


@dataclass(frozen=True)
class PlacedCode:
    """A QR code whose dark modules fill a square of ``side``; without an element it is not read aloud."""

    code: Code
    x: float
    y: float
    side: float
    element: Element | None = None


@dataclass
class Sheet:
    """One page of ``width`` × ``height``; places count from its upper left corner."""

    width: float
    height: float
    texts: list[Text] = field(default_factory=list)
    """In the order in which they are read."""
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Boxes to be filled: x, y, width, height."""
    dots: list[tuple[float, float, float]] = field(default_factory=list)
    """Dotted lines: from x to x at y."""
    emblem: tuple[float, float, float, float] | None = None
    """The room for the emblem: x, y, width, height."""
    emblem_element: Element | None = None
    codes: list[PlacedCode] = field(default_factory=list)
    watermark: Outline | None = None
    """The word below everything else, see ``watermark.lying``."""


class Pages:
    """The pages of one part of the document, each with its mark if it is a draft and from the second on its number.

    Numbers are in Thai digits if ``thai``. ``y`` is where the next thing will stand on the last of them, between
    ``left`` and ``left + width``.
    """

    size: tuple[float, float]
    left: float
    width: float
    top: float
    bottom: float
    number_top: float

    def __init__(self, setter: Setter, structure: Element, *, draft: bool, thai: bool) -> None:
        self.sheets: list[Sheet] = []
        self.setter = setter
        self.structure = structure
        self._draft, self._thai = draft, thai
        self.turn()

    def turn(self) -> None:
        """Begin a page."""
        self.sheet = Sheet(*self.size)
        self.sheets.append(self.sheet)
        if len(self.sheets) > 1:
            count = str(len(self.sheets))
            (number,) = self.setter.lines(f"- {thai_digits(count) if self._thai else count} -", _PAGE_NUMBER)
            self.put_centred(number, self.left, self.width, self.number_top, _PAGE_NUMBER)
        if self._draft:
            (mark,) = self.setter.lines("ฉบับร่าง", _DRAFT)
            self.put(mark, self.left + self.width - mark.width, self.draft_top(), _DRAFT)
        self.y = self.top

    def draft_top(self) -> float:
        return self.number_top

    def room(self) -> float:
        return self.bottom - self.y

    def make_room(self, height: float) -> None:
        """Begin a page if ``height`` does not fit on this one."""
        if height > self.room():
            self.turn()

    def put(
        self, line: Line, x: float, top: float, face: Face, spread: float = 0, element: Element | None = None
    ) -> None:
        """Set ``line`` with the top of its pitch at ``top``; without an ``element`` it is not read aloud."""
        self.sheet.texts.append(Text(line, face, x, top + self.setter.baseline(face), spread, element))

    def put_centred(
        self, line: Line, x: float, width: float, top: float, face: Face, element: Element | None = None
    ) -> None:
        self.put(line, x + (width - line.width) / 2, top, face, element=element)

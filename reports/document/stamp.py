"""You come here for what stands on the finished pages beside the form and moves no line of it.

That is the code at the foot, and over a rehearsal the word that it is one. In the memorandum the code stands at the
left of the lower margin, in the table in the lower right corner beside it: both are outside what the form uses and
inside what office printers print.
"""

from __future__ import annotations

from typing import Final

from reports.content import REHEARSAL, Mark
from reports.document.engine import font_directory
from reports.document.paragraphs import Face, Line, Setter
from reports.document.qr import code_of
from reports.document.sheet import CM, PlacedCode, Sheet, Text
from reports.document.structure import Element
from reports.document.watermark import outline

SIDE: Final = 1.35 * CM
"""Of the code on each page; with 33 modules a module is .4 mm, which a phone reads from a print of 300 dots an inch."""

_FACE: Final = Face(12, 13.0)
_BOLD: Final = Face(12, 13.0, bold=True)
_BESIDE: Final = 0.25 * CM  # more than the code's four modules of white
_FROM_EDGE: Final = 0.45 * CM  # office printers leave so much of a page white
_PORTRAIT_LEFT, _PORTRAIT_RIGHT = 3 * CM, 2 * CM
_LANDSCAPE_SIDE: Final = 2 * CM
_REHEARSAL: Final = Face(16, 18.1, bold=True)
_REHEARSAL_TOP: Final = 0.7 * CM


def put_rehearsal(sheets: list[Sheet], setter: Setter, structure: Element) -> None:
    """The word across each of ``sheets``, and a line at its head, which is read aloud once, before all else."""
    word = outline(font_directory())
    (line,) = setter.lines(REHEARSAL, _REHEARSAL)
    first = Element("P")
    structure.children.insert(0, first)
    for sheet in sheets:
        left = _PORTRAIT_LEFT if sheet.width < sheet.height else _LANDSCAPE_SIDE
        element = first if sheet is sheets[0] else None
        top = _REHEARSAL_TOP + setter.baseline(_REHEARSAL)
        sheet.texts.insert(0, Text(line, _REHEARSAL, left, top, element=element))
        sheet.watermark = word


def put_mark(sheets: list[Sheet], mark: Mark, setter: Setter, structure: Element, *, aloud: bool) -> None:
    """The code on each of ``sheets``; with ``aloud`` it is read once, at the end of the last."""
    texts = ((f"รหัสยืนยันเอกสาร {mark.code}", _BOLD), (f"ตรวจสอบที่ {checked_at(mark)}", _FACE))
    code = code_of(mark.url)
    set_in: dict[
        float, list[tuple[Line, Face]]
    ] = {}  # by the room there is: upright pages and those that lie
    for sheet in sheets:
        element = structure.add("P") if aloud and sheet is sheets[-1] else None
        bottom = sheet.height - _FROM_EDGE
        upright = sheet.width < sheet.height
        left = _PORTRAIT_LEFT if upright else sheet.width - _FROM_EDGE - SIDE
        sheet.codes.append(PlacedCode(code, left, bottom - SIDE, SIDE))
        room = sheet.width - (
            _PORTRAIT_LEFT + SIDE + _BESIDE + _PORTRAIT_RIGHT if upright else 2 * _LANDSCAPE_SIDE
        )
        if room not in set_in:
            set_in[room] = [(line, face) for text, face in texts for line in setter.lines(text, face, room)]
        lines = set_in[room]
        y = bottom - (SIDE + sum(face.pitch for _, face in lines)) / 2
        for line, face in lines:
            x = left + SIDE + _BESIDE if upright else sheet.width - _LANDSCAPE_SIDE - line.width
            sheet.texts.append(Text(line, face, x, y + setter.baseline(face), element=element))
            y += face.pitch


def checked_at(mark: Mark) -> str:
    """Where the code is typed: the address without what a browser adds by itself and without the code."""
    return mark.url.removesuffix(f"/{mark.code}").removeprefix("https://").removeprefix("http://")

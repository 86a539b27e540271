"""You come here for the head of the memorandum: emblem, title, labels with their values on dotted lines, addressee."""

from __future__ import annotations

from typing import Final

from reports.content import Content
from reports.document import layout
from reports.document.paragraphs import Face, Line
from reports.document.portrait import BODY, HALF, Portrait
from reports.document.prose import Paragraph, flow
from reports.document.sheet import CM

_TITLE: Final = Face(29, 35, bold=True)
_LABEL: Final = Face(20, 23, bold=True)
_VALUE: Final = Face(16, 23)

_EMBLEM: Final = (3 * CM, 1.5 * CM)
_TITLE_DOWN, _BELOW_TITLE = 0.265 * CM, 4.0  # the title's foot level with the emblem's
_LABEL_UP: Final = 1.1  # larger letters on the baseline of the value
_DOTS_DOWN, _DOT_RADIUS = 20.4, 0.4
_BEHIND_LABEL: Final = 5.0
_BEFORE_DATE: Final = 6.0
_ABOVE_ADDRESSEE: Final = 6.0


def put_letterhead(pages: Portrait, content: Content) -> None:
    """The head of ``content``'s memorandum, down to whom it is addressed."""
    memo = content.memorandum
    _emblem_and_title(pages, content)
    _field(pages, "ส่วนราชการ", memo.section)
    pages.make_room(_VALUE.pitch)
    sheet, y = pages.sheet, pages.y
    _field(pages, "ที่", memo.number, end=pages.width - HALF + _BEFORE_DATE)
    below = pages.sheet, pages.y
    pages.sheet, pages.y = sheet, y  # the date stands beside the number's first line
    _field(pages, "วันที่", layout.date_printed(content), start=HALF)
    pages.sheet, pages.y = below
    _field(pages, "เรื่อง", memo.subject)
    _addressee(pages, memo.addressee)


def _emblem_and_title(pages: Portrait, content: Content) -> None:
    known = content.agency.emblem_sha256
    pages.sheet.emblem = (pages.left, pages.y, *_EMBLEM)
    pages.sheet.emblem_element = pages.structure.add(
        "Figure", alt=f"ตราสัญลักษณ์ของ{content.agency.name}" if known else "ที่สำหรับตราสัญลักษณ์"
    )
    pages.y += _TITLE_DOWN
    (title,) = pages.setter.lines("บันทึกข้อความ", _TITLE)
    pages.put_centred(title, pages.left, pages.width, pages.y, _TITLE, pages.structure.add("H1"))
    pages.y += _TITLE.pitch + _BELOW_TITLE


def _field(pages: Portrait, label: str, value: str, *, start: float = 0, end: float = 0) -> None:
    """A label and its value on dotted lines, from ``start`` to ``end`` before the right margin."""
    (name,) = pages.setter.lines(label, _LABEL)
    before = start + name.width + _BEHIND_LABEL
    lines: list[Line | None] = [*pages.setter.lines(value, _VALUE, pages.width - before - end)]
    field = pages.structure.add("P")
    pages.make_room(_VALUE.pitch)
    pages.put(name, pages.left + start, pages.y - _LABEL_UP, _LABEL, element=field.add("Span"))
    element = field.add("Span") if lines else None
    for number, line in enumerate(lines or [None]):
        if number:  # a value that wraps is pitched as text, its first line as a label
            pages.y -= _VALUE.pitch - BODY.pitch
            pages.make_room(_VALUE.pitch)
        if line:
            pages.put(line, pages.left + before, pages.y, _VALUE, element=element)
        dots = pages.left + before + _DOT_RADIUS, pages.left + pages.width - end, pages.y + _DOTS_DOWN
        pages.sheet.dots.append(dots)
        pages.y += _VALUE.pitch


def _addressee(pages: Portrait, addressee: str) -> None:
    pages.y += _ABOVE_ADDRESSEE
    pages.make_room(BODY.pitch)
    (greeting,) = pages.setter.lines("เรียน", BODY)
    element = pages.structure.add("P")
    pages.put(greeting, pages.left, pages.y, BODY, element=element.add("Span"))
    indent = greeting.width + 2 * pages.setter.space(BODY)
    lines = pages.setter.lines(addressee, BODY, pages.width, indent)
    if lines:
        flow(pages, [Paragraph(lines, BODY, indent, element.add("Span"))])
    else:
        pages.y += BODY.pitch

"""You come here for the pages of the memorandum: its letterhead, the text with an even right edge, the signatures.

The measures are those of the official form, in points; ``static/css/print.css`` draws the same for the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from measures.numbering import dotted
from reports.content import Content, Endorsement
from reports.document import layout
from reports.document.layout import Signature
from reports.document.paragraphs import Face, Line, Setter
from reports.document.sheet import CM, Pages, Sheet
from reports.document.structure import Element

_BODY: Final = Face(16, 18.1)
_BOLD: Final = Face(16, 18.1, bold=True)
_VALUE: Final = Face(16, 23)
_LABEL: Final = Face(20, 23, bold=True)
_NAME: Final = Face(29, 35, bold=True)
_MARK: Final = Face(13, 14.7)
_CONTINUED: Final = Face(14, 18.1)

_EMBLEM: Final = (3 * CM, 1.5 * CM)
_LABEL_RAISED, _DOTS_BELOW = 1.1, 20.4
_OFFICE, _NUMBER, _DATE, _SUBJECT = 71.6, 14.0, 29.6, 30.2  # where each value begins, behind its label
_INDENT: Final = 2.5 * CM
_ITEM_INDENTS: Final = (3.25 * CM, 4 * CM, 4.75 * CM)
_SIGNED: Final = 2 * CM  # room for a signature
_HALF: Final = 8 * CM
_BETWEEN_PAIRS: Final = 16.0
_AHEAD: Final = 4 * CM  # of the next page's first words
_FEWEST: Final = 2  # lines of a paragraph that may stand alone on a page
_MOST_SPREAD: Final = 1.0  # a line that would need more between its letters stays as it is


@dataclass(frozen=True)
class _Paragraph:
    """Lines with the indent of the first, the space above, and whether they end at the right margin."""

    lines: list[Line]
    face: Face
    indent: float
    above: float = 0
    spread: bool = False
    heading: bool = False

    @property
    def height(self) -> float:
        return self.above + len(self.lines) * self.face.pitch

    @property
    def is_short(self) -> bool:
        """Whether it cannot be parted without leaving a line alone."""
        return len(self.lines) < 2 * _FEWEST

    @property
    def beginning(self) -> float:
        """What of it must stand where it begins."""
        return self.height if self.is_short else self.above + _FEWEST * self.face.pitch


def sheets(
    content: Content,
    endorsements: tuple[Endorsement, ...],
    setter: Setter,
    structure: Element,
    *,
    draft: bool,
) -> list[Sheet]:
    """The pages of ``content``'s memorandum as signed so far, marked on each if it is a draft."""
    pages = _Memorandum(setter, structure, draft=draft, thai=content.thai_digits)
    pages.letterhead(content)
    pages.text(content, layout.author_signature(content, endorsements))
    if pairs := layout.endorsement_rows(content, endorsements):
        pages.endorsements(layout.continued(content), pairs)
    return pages.sheets


class _Memorandum(Pages):
    """Where the next line will stand."""

    size = 21 * CM, 29.7 * CM
    left, width = 3 * CM, 16 * CM
    top, bottom = 1.5 * CM, (29.7 - 2) * CM
    number_top = 1.4 * CM

    def turn(self) -> None:
        if self.sheets:
            self.top = 3 * CM
        super().turn()

    def draft_top(self) -> float:
        return self.number_top if len(self.sheets) > 1 else 0.7 * CM

    def letterhead(self, content: Content) -> None:
        memo = content.memorandum
        self.sheet.emblem = (self.left, self.y, *_EMBLEM)
        self.y += 0.265 * CM
        (name,) = self.setter.lines("บันทึกข้อความ", _NAME)
        self.put_centred(name, self.left, self.width, self.y, _NAME)
        self.y += _NAME.pitch + 4
        self._field("ส่วนราชการ", memo.section, _OFFICE)
        self._field("วันที่", layout.date_printed(content), _DATE, start=_HALF)
        self.y -= _VALUE.pitch  # the number stands beside the date
        self._field("ที่", memo.number, _NUMBER, end=self.width - _HALF + 6)
        self._field("เรื่อง", memo.subject, _SUBJECT)
        self.y += 6
        (greeting,) = self.setter.lines("เรียน", _BODY)
        self.put(greeting, self.left, self.y, _BODY)
        indent = greeting.width + self.setter.space(_BODY) + 4
        self._flow(_Paragraph(self._lines(memo.addressee, indent) or [greeting], _BODY, indent))

    def _field(self, label: str, value: str, before: float, *, start: float = 0, end: float = 0) -> None:
        """A label and its value on dotted lines, from ``start`` to ``end`` before the right margin."""
        (name,) = self.setter.lines(label, _LABEL)
        self.put(name, self.left + start, self.y - _LABEL_RAISED, _LABEL)
        lines = self.setter.lines(value, _VALUE, self.width - start - before - end)
        for number, line in enumerate(lines or (None,)):
            if number:  # a value that wraps is pitched as text, its first line as a label
                self.y -= _VALUE.pitch - _BODY.pitch
            self.make_room(_VALUE.pitch)
            if line:
                self.put(line, self.left + start + before, self.y, _VALUE)
            x = self.left + start + before + 0.4
            self.sheet.dots.append((x, self.left + self.width - end, self.y + _DOTS_BELOW))
            self.y += _VALUE.pitch

    def text(self, content: Content, author: Signature | None) -> None:
        """The sections and the closing; it keeps with it the signature and some text before."""
        memo = content.memorandum
        paragraphs: list[_Paragraph] = []
        for section in memo.sections:
            if heading := f"{dotted(section.number)} {section.title}".strip():
                lines = self._lines(heading, _INDENT, _BOLD)
                paragraphs.append(_Paragraph(lines, _BOLD, _INDENT, above=6, heading=True))
            for paragraph in section.body.splitlines():
                lines = self._lines(paragraph, _INDENT)
                paragraphs.append(_Paragraph(lines, _BODY, _INDENT, spread=True))
            for item in layout.lines(section.items):
                indent = _ITEM_INDENTS[min(item.depth, len(_ITEM_INDENTS) - 1)]
                lines = self._lines(f"{item.marker} {item.text}", indent)
                paragraphs.append(_Paragraph(lines, _BODY, indent, spread=True))
        paragraphs.append(_Paragraph(self._lines(memo.closing, _INDENT), _BODY, _INDENT, above=12))
        self._flow_all([paragraph for paragraph in paragraphs if paragraph.lines], author)

    def _flow_all(self, paragraphs: list[_Paragraph], author: Signature | None) -> None:
        signature = self._signature_height(author) if author else 0
        # What must follow on the same page as the end of each, the last first.
        tails = [signature]
        wanted = _FEWEST  # lines of text above the closing
        for paragraph, following in reversed(list(pairwise(paragraphs))):
            if wanted > 0 or (paragraph.heading and following.is_short):
                tails.append(following.height + tails[-1])
            else:
                tails.append(following.beginning if paragraph.heading else 0)
            wanted -= 0 if paragraph.heading else len(paragraph.lines)
        for paragraph, tail in zip(paragraphs, reversed(tails), strict=False):
            self._flow(paragraph, tail)
        if author:
            self.make_room(signature)
            self._signature(author, self.left + _HALF)

    def endorsements(self, continued: str, pairs: list[tuple[Signature | None, Signature | None]]) -> None:
        """A page that says whose it is, and the signatures two in a row."""
        self.turn()
        lines = self.setter.lines(continued, _CONTINUED, self.width)
        self._flow(_Paragraph(lines, _CONTINUED, 0))
        self.y += _BETWEEN_PAIRS
        for pair in pairs:
            words = [
                [line for text in (cell.words if cell else ()) for line in self._narrow(text, _BODY, 6)]
                for cell in pair
            ]
            signatures = [self._signature_height(cell) for cell in pair if cell]
            most = max(map(len, words))
            whole = most * _BODY.pitch + max(signatures)
            if whole <= self.bottom - self.top:
                self.make_room(whole)
            for number in range(most):
                self.make_room(_BODY.pitch)
                for column, lines in enumerate(words):
                    if number < len(lines):
                        self.put(lines[number], self.left + column * _HALF, self.y, _BODY)
                self.y += _BODY.pitch
            self.make_room(max(signatures))
            start = self.y
            for column, cell in enumerate(pair):
                if cell:
                    self.y = start
                    self._signature(cell, self.left + column * _HALF)
            self.y = start + max(signatures) + _BETWEEN_PAIRS

    def _signature(self, signature: Signature, x: float) -> None:
        """The act at the foot of its room, name and position, centred on half the width from ``x``."""
        marks = [line for text in signature.mark for line in self._narrow(text, _MARK)]
        y = self.y + max(0.0, _SIGNED - len(marks) * _MARK.pitch)
        for line in marks:
            self.put_centred(line, x, _HALF, y, _MARK)
            y += _MARK.pitch
        for line in self._below(signature):
            self.put_centred(line, x, _HALF, y, _BODY)
            y += _BODY.pitch
        self.y = y

    def _signature_height(self, signature: Signature) -> float:
        marks = sum(len(self._narrow(text, _MARK)) for text in signature.mark)
        return max(_SIGNED, marks * _MARK.pitch) + len(self._below(signature)) * _BODY.pitch

    def _below(self, signature: Signature) -> list[Line]:
        texts = (f"({signature.name})", *signature.position_lines, signature.date_line)
        return [line for text in texts for line in self._narrow(text, _BODY)]

    def _narrow(self, text: str, face: Face, less: float = 0) -> list[Line]:
        return self.setter.lines(text, face, _HALF - less)

    def _lines(self, text: str, indent: float, face: Face = _BODY) -> list[Line]:
        return self.setter.lines(text, face, self.width, indent)

    def _flow(self, paragraph: _Paragraph, tail: float = 0) -> None:
        """Set ``paragraph``, leaving room for ``tail`` below its last lines; no line of it stands alone."""
        pitch, done, count = paragraph.face.pitch, 0, len(paragraph.lines)
        above = paragraph.above if self.y > self.top else 0
        while done < count:
            left = count - done
            fit = int((self.room() - above) / pitch + 1e-6)
            take = (
                left
                if left <= fit and above + left * pitch + tail <= self.room()
                else min(fit, left - _FEWEST)
            )
            if take < min(_FEWEST, left):
                take = min(fit, left) if self.y == self.top else 0
            if take:
                self.y += above
                self._put_lines(paragraph, done, done + take)
                done += take
            if done < count:
                if self.y > self.top:
                    self._announce(paragraph.lines[done])
                self.turn()
            above = 0

    def _announce(self, line: Line) -> None:
        """Where the text goes on: the next page's first words at the foot, at the right, after a slash."""
        first = self.setter.lines(line.words, _BODY, _AHEAD)[0]
        (words,) = self.setter.lines(f"/{first.words}…", _BODY)
        self.put(words, self.left + self.width - words.width, self.bottom, _BODY)

    def _put_lines(self, paragraph: _Paragraph, start: int, end: int) -> None:
        for number in range(start, end):
            line = paragraph.lines[number]
            indent = paragraph.indent if number == 0 else 0
            last = number == len(paragraph.lines) - 1
            spread = _spread(line, self.width - indent) if paragraph.spread and not last else 0
            self.put(line, self.left + indent, self.y, paragraph.face, spread)
            self.y += paragraph.face.pitch


def _spread(line: Line, width: float) -> float:
    """What stands between the letters of ``line`` when it fills ``width``, or nothing where it would be too much.

    Thai has few spaces, and stretching only those would tear a line open; typists spread the letters.
    """
    gaps = line.letters - 1
    spread = (width - line.width) / gaps if gaps > 0 else 0
    return spread if 0 < spread <= _MOST_SPREAD else 0

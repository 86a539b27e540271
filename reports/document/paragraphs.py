"""You come here for how a paragraph becomes lines: Pango breaks it once as a whole, and each line is drawn as it fell.

Uses the binding that WeasyPrint brings, so import it only after ``engine.engine()``, which tells Pango its fonts. All
lengths are points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, Final

from weasyprint.draw.text import draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.text.constants import PANGO_WRAP_MODE
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, gobject, pango

from reports.document.fonts import FAMILY, SYMBOLS
from reports.document.thai_text import BREAK, pieces

# What WeasyPrint does not ask of Pango itself.
ffi.cdef(
    """
    PangoAttribute * pango_attr_allow_breaks_new (gboolean allow_breaks);
    int pango_layout_get_line_count (PangoLayout *layout);
    void pango_layout_set_indent (PangoLayout *layout, int indent);
    """,
    override=True,
)
_WHITE: Final = re.compile(r"[ \t\n\r\f]+")
_BOLD, _NORMAL = 700, 400
_YES, _NO = 1, 0
_BIT: Final = 2000  # letters, some twenty lines of the widest text
_UNSURE: Final = 2  # lines before a text that is cut off there


@dataclass(frozen=True)
class Face:
    """Letters of ``points`` of TH Sarabun, on lines ``pitch`` apart."""

    points: int
    pitch: float
    bold: bool = False

    @property
    def size(self) -> float:
        """The nominal size of the derived font, see ``clusters.UNITS_PER_EM``."""
        return self.points * 0.8


class Line:
    """One line of a paragraph; the attributes are those that WeasyPrint asks of what it draws."""

    baseline = 0

    def __init__(self, text: str, face: Face, layout: Any, number: int) -> None:
        self.text = text
        self.style = {"font_size": face.size}
        self.layout = layout
        self.pango_layout = self
        self._line = pango.pango_layout_get_line_readonly(layout, number)

    def get_first_line(self) -> tuple[Any, None]:
        return self._line, None

    @property
    def width(self) -> float:
        extents = ffi.new("PangoRectangle *")
        pango.pango_layout_line_get_extents(self._line, ffi.NULL, extents)
        return float(extents.width * FROM_UNITS)

    @property
    def end(self) -> int:
        """How many letters of its text stand in it and before it."""
        return len(self.text.encode()[: self._line.start_index + self._line.length].decode())

    @property
    def words(self) -> str:
        """What of its text stands in it."""
        encoded = self.text.encode()[self._line.start_index : self._line.start_index + self._line.length]
        return encoded.decode().replace(BREAK, "").strip()

    @property
    def letters(self) -> int:
        """How many glyphs it has, not counting a space at its end."""
        glyphs, run = 0, self._line.runs
        while run != ffi.NULL:
            glyphs += run.data.glyphs.num_glyphs
            run = run.next
        encoded = self.text.encode()[self._line.start_index : self._line.start_index + self._line.length]
        return glyphs - encoded.count(BREAK.encode()) - (len(encoded) - len(encoded.rstrip(b" ")))

    def draw(self, stream: Any, x: float, y: float, spread: float = 0) -> None:
        """Draw from ``x`` on the baseline ``y``, ``spread`` more between its letters.

        The stream is WeasyPrint's; its y grows downwards.
        """
        stream.begin_text()
        if spread:
            _space_letters(stream, spread)
        draw_first_line(stream, self, "clip", "none", Matrix(d=-1, e=x, f=y))
        if spread:
            _space_letters(stream, 0)
        stream.end_text()


class Setter:
    """Sets paragraphs in the fonts of one document (WeasyPrint's font configuration)."""

    def __init__(self, font_config: Any) -> None:
        self.letters: set[str] = set()
        self._font_config = font_config  # kept alive: the context does not own its fonts
        self._context = ffi.gc(
            pango.pango_font_map_create_context(font_config.font_map), gobject.g_object_unref
        )
        pango.pango_context_set_round_glyph_positions(self._context, _NO)
        pango.pango_context_set_language(self._context, pango.pango_language_from_string(b"th"))
        self._done: dict[tuple[str, Face, float | None, float], list[Line]] = {}
        self._baselines: dict[Face, float] = {}

    def lines(self, text: str, face: Face, width: float | None = None, indent: float = 0) -> list[Line]:
        """``text`` broken to ``width``, the first line ``indent`` narrower; one line without a width."""
        key = text, face, width, indent
        if key not in self._done:
            self._done[key] = self._set(*key)
        return self._done[key]

    def widest_word(self, text: str, face: Face) -> float:
        """How wide the widest part of ``text`` is that is parted at no line's end; of a long text, of its beginning."""
        shown, kept = _marked(text)
        piece = shown[:_BIT]
        layout = self._layout(piece, _within(kept, 0, _BIT), face)
        pango.pango_layout_set_width(layout, 0)
        pango.pango_layout_set_wrap(layout, PANGO_WRAP_MODE["WRAP_WORD"])
        numbers = range(pango.pango_layout_get_line_count(layout))
        return max(Line(piece, face, layout, number).width for number in numbers)

    def baseline(self, face: Face) -> float:
        """How far the baseline stands below the top of a line."""
        if face not in self._baselines:
            layout = self._layout(" ", [], face)
            extents = ffi.new("PangoRectangle *")
            line = pango.pango_layout_get_line_readonly(layout, 0)
            pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
            above = (face.pitch - extents.height * FROM_UNITS) / 2
            self._baselines[face] = above + pango.pango_layout_get_baseline(layout) * FROM_UNITS
        return self._baselines[face]

    def space(self, face: Face) -> float:
        """How wide a space is."""
        (apart,), (touching,) = self.lines("ก ก", face), self.lines("กก", face)
        return apart.width - touching.width

    def _set(self, text: str, face: Face, width: float | None, indent: float) -> list[Line]:
        shown, kept = _marked(text)
        self.letters.update(shown.replace(BREAK, ""))
        if width is None:
            return [Line(shown, face, self._layout(shown, kept, face), 0)] if shown else []
        lines: list[Line] = []
        start = 0
        while start < len(shown):
            # Pango's time grows with the square of a paragraph's length: what is endless is set bit by bit.
            piece = shown[start : start + _BIT]
            layout = self._layout(piece, _within(kept, start, start + _BIT), face)
            pango.pango_layout_set_width(layout, int(width * TO_UNITS))
            pango.pango_layout_set_indent(layout, 0 if lines else int(indent * TO_UNITS))
            pango.pango_layout_set_wrap(layout, PANGO_WRAP_MODE["WRAP_WORD_CHAR"])
            found = [
                Line(piece, face, layout, number)
                for number in range(pango.pango_layout_get_line_count(layout))
            ]
            if start + _BIT < len(shown):
                del found[max(1, len(found) - _UNSURE) :]
            lines += found
            start += max(1, found[-1].end)
        return lines

    def _layout(self, text: str, kept: list[tuple[int, int]], face: Face) -> Any:
        layout = ffi.gc(pango.pango_layout_new(self._context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout, _NO)
        pango.pango_layout_set_single_paragraph_mode(layout, _YES)
        font = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
        pango.pango_font_description_set_family(font, f"{FAMILY},{SYMBOLS}".encode())
        pango.pango_font_description_set_weight(font, _BOLD if face.bold else _NORMAL)
        pango.pango_font_description_set_absolute_size(font, int(face.size * TO_UNITS))
        pango.pango_layout_set_font_description(layout, font)
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        for start, end in kept:
            attribute = pango.pango_attr_allow_breaks_new(_NO)
            _add(attributes, attribute, len(text[:start].encode()), len(text[:end].encode()))
        encoded = text.encode()
        _add(attributes, pango.pango_attr_insert_hyphens_new(_NO), 0, len(encoded))
        pango.pango_layout_set_attributes(layout, attributes)
        pango.pango_layout_set_text(layout, encoded, len(encoded))
        return layout


def _space_letters(stream: Any, spread: float) -> None:
    stream.stream.append(f"{spread:.4f} Tc".encode())  # an operator that pydyf has no method for


def _marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """``text`` as it is set, its white space as in HTML, and which of its letters stay on one line."""
    shown, kept, length = [], [], 0
    for piece, together in pieces(_WHITE.sub(" ", text).strip(" ")):
        if together:
            kept.append((length, length + len(piece)))
        shown.append(piece)
        length += len(piece)
    return "".join(shown), kept


def _within(kept: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Those of ``kept`` that lie between ``start`` and ``end``, counted from ``start``."""
    first, last = bisect_left(kept, (start,)), bisect_left(kept, (end,))
    return [(at - start, min(to, end) - start) for at, to in kept[first:last]]


def _add(attributes: Any, attribute: Any, start: int, end: int) -> None:
    attribute.start_index, attribute.end_index = start, end
    pango.pango_attr_list_insert(attributes, attribute)

"""You come here for how a paragraph becomes lines: Pango shapes it once as a whole, and each line is a slice of that.

Uses the binding that WeasyPrint brings, so import it only after ``engine.engine()``, which tells Pango its fonts. All
lengths are points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import Any, Final

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, gobject, pango

from measures.thai import visible
from reports.document import lettering
from reports.document.breaking import Paragraph
from reports.document.engine import font_directory
from reports.document.font_sources import FAMILIES
from reports.document.fonts import together

# What WeasyPrint does not ask of Pango itself.
ffi.cdef(
    """
    PangoGlyphItem * pango_glyph_item_copy (PangoGlyphItem *orig);
    PangoGlyphItem * pango_glyph_item_split (PangoGlyphItem *orig, const char *text, int split_index);
    void pango_glyph_item_free (PangoGlyphItem *glyph_item);
    void pango_glyph_item_get_logical_widths (PangoGlyphItem *glyph_item, const char *text, int *logical_widths);
    PangoAttribute * pango_attr_family_new (const char *family);
    """,
    override=True,
)
_FAMILIES: Final = ",".join(FAMILIES).encode()
_WHITE: Final = re.compile(r"[ \t\n\r\f]+")
_BOLD, _NORMAL = 700, 400
_YES, _NO = 1, 0
_PLACE: Final = 4  # bytes of a PangoLogAttr, with these bits in it
_MAY_BREAK, _MAY_PART = 1, 4
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
        """The nominal size of the derived font, see ``clusters.SARABUN``."""
        return self.points * 0.8


class _Shaped:
    """A text as Pango set it in one endless line."""

    def __init__(self, text: str, encoded: Any, layout: Any) -> None:
        self.text = text
        self.encoded = bytes(ffi.string(encoded))
        self._encoded = encoded
        self.layout = layout
        self._runs = list(self._read_runs())
        widths: list[int] = []
        for _, item in sorted(self._runs, key=itemgetter(0)):
            found = ffi.new("int[]", item.item.num_chars)
            pango.pango_glyph_item_get_logical_widths(item, encoded, found)
            widths.extend(found)
        self._ahead = [0, *accumulate(widths)]

    @cached_property
    def paragraph(self) -> Paragraph:
        """What its lines are found with."""
        number = ffi.new("int *")
        found = pango.pango_layout_get_log_attrs_readonly(self.layout, number)
        places = list(enumerate(memoryview(ffi.buffer(found, number[0] * _PLACE)).cast("I")))[1:-1]
        breaks = [at for at, flags in places if flags & _MAY_BREAK]
        return Paragraph(self.text, self._ahead, breaks, [at for at, flags in places if flags & _MAY_PART])

    def ends(self, first: int, room: int) -> list[int]:
        """Where its lines end, the first of which has ``first`` room and the others ``room``."""
        if self._ahead[-1] <= first:
            return [len(self.text)]
        return list(self.paragraph.ends(first, room))

    def width(self, start: int, end: int) -> float:
        """How wide the letters from ``start`` to ``end`` are."""
        return float((self._ahead[end] - self._ahead[start]) * FROM_UNITS)

    def runs(self, start: int, end: int) -> list[Any]:
        """The glyphs of the letters from ``start`` to ``end``, in the order in which they are drawn."""
        first = len(self.text[:start].encode())
        last = first + len(self.text[start:end].encode())
        return [
            self._slice(item, max(first - offset, 0), last - offset)
            for offset, item in self._runs
            if offset < last and offset + item.item.length > first
        ]

    def hanging(self, start: int, end: int) -> list[Any]:
        """The same for spaces at a line's end, which are copied with it but take no room."""
        runs = self.runs(start, end) if start < end else []
        for item in runs:
            for number in range(item.glyphs.num_glyphs):
                item.glyphs.glyphs[number].geometry.width = 0
        return runs

    def _slice(self, item: Any, start: int, end: int) -> Any:
        rest = ffi.gc(pango.pango_glyph_item_copy(item), pango.pango_glyph_item_free)
        if start:
            self._split(rest, start)
        return rest if end - start >= rest.item.length else self._split(rest, end - start)

    def _split(self, item: Any, at: int) -> Any:
        """What of ``item`` stands before the byte ``at``; it keeps the rest."""
        return ffi.gc(pango.pango_glyph_item_split(item, self._encoded, at), pango.pango_glyph_item_free)

    def _read_runs(self) -> Iterator[tuple[int, Any]]:
        run = pango.pango_layout_get_line_readonly(self.layout, 0).runs
        while run != ffi.NULL:
            yield run.data.item.offset, run.data
            run = run.next


class Line:
    """One line of a paragraph."""

    def __init__(self, shaped: _Shaped, start: int, end: int) -> None:
        self.text = shaped.text
        self.words = self.text[start:end].strip()
        self._shaped = shaped  # kept alive: it owns the glyphs
        text_end = start + len(self.text[start:end].rstrip(" "))
        self._items = shaped.runs(start, text_end)
        self._spaces = shaped.hanging(text_end, end)
        self.width = shaped.width(start, text_end)

    @property
    def letters(self) -> int:
        """How many codes it is written as that may be set apart, not counting spaces at its end."""
        encoded = self._shaped.encoded
        return sum(lettering.codes(item, encoded) for item in self._items)

    def draw(self, stream: Any, x: float, y: float, spread: float = 0) -> None:
        """Draw from ``x`` on the baseline ``y``, ``spread`` more between its letters.

        The stream is WeasyPrint's; its y grows downwards.
        """
        lettering.write(stream, [*self._items, *self._spaces], self._shaped.encoded, x, y, spread)


class Setter:
    """Sets paragraphs in the fonts of one document (WeasyPrint's font configuration)."""

    def __init__(self, font_config: Any) -> None:
        self.letters: set[str] = set()
        self._font_config = font_config  # kept alive: the context does not own its fonts
        self._context = ffi.gc(
            pango.pango_font_map_create_context(font_config.font_map), gobject.g_object_unref
        )
        pango.pango_context_set_base_dir(self._context, pango.PANGO_DIRECTION_LTR)
        pango.pango_context_set_round_glyph_positions(self._context, _NO)
        pango.pango_context_set_language(self._context, pango.pango_language_from_string(b"th"))
        self._done: dict[tuple[str, Face, float | None, float], list[Line]] = {}
        self._shaped: dict[tuple[str, Face], _Shaped] = {}
        self._baselines: dict[Face, float] = {}

    def lines(self, text: str, face: Face, width: float | None = None, indent: float = 0) -> list[Line]:
        """``text`` broken to ``width``, the first line ``indent`` narrower; one line without a width."""
        key = text, face, width, indent
        if key not in self._done:
            self._done[key] = self._set(*key)
        return self._done[key]

    def widest_word(self, text: str, face: Face) -> float:
        """How wide the widest part of ``text`` is that is parted at no line's end; of a long text, of its beginning."""
        shown = _shown(text)[:_BIT]
        return float(self._shape(shown, face).paragraph.widest() * FROM_UNITS) if shown else 0

    def baseline(self, face: Face) -> float:
        """How far the baseline stands below the top of a line."""
        if face not in self._baselines:
            _, layout = self._layout(" ", face)
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
        shown = _shown(text)
        self.letters.update(shown)
        if width is None:
            return [Line(self._shape(shown, face), 0, len(shown))] if shown else []
        lines: list[Line] = []
        start = 0
        while start < len(shown):
            # Pango's time grows with the square of a paragraph's length: what is endless is set bit by bit.
            shaped = self._shape(shown[start : start + _BIT], face)
            room = int(width * TO_UNITS)
            ends = shaped.ends(room if lines else room - int(indent * TO_UNITS), room)
            if start + _BIT < len(shown):
                del ends[max(1, len(ends) - _UNSURE) :]
            lines += [Line(shaped, *part) for part in pairwise([0, *ends])]
            start += ends[-1]
        return lines

    def _shape(self, text: str, face: Face) -> _Shaped:
        key = text, face
        if key not in self._shaped:
            self._shaped[key] = _Shaped(text, *self._layout(text, face))
        return self._shaped[key]

    def _layout(self, text: str, face: Face) -> tuple[Any, Any]:
        """``text`` in UTF-8, and Pango's layout of it."""
        layout = ffi.gc(pango.pango_layout_new(self._context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout, _NO)
        pango.pango_layout_set_single_paragraph_mode(layout, _YES)
        font = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
        pango.pango_font_description_set_family(font, _FAMILIES)
        pango.pango_font_description_set_weight(font, _BOLD if face.bold else _NORMAL)
        pango.pango_font_description_set_absolute_size(font, int(face.size * TO_UNITS))
        pango.pango_layout_set_font_description(layout, font)
        _keep_together(layout, text)
        encoded = ffi.new("char[]", text.encode())
        pango.pango_layout_set_text(layout, encoded, len(encoded) - 1)
        return encoded, layout


def _keep_together(layout: Any, text: str) -> None:
    """Have a letter and the marks on it drawn by one font: Pango asks its fonts for each letter alone."""
    attributes = None
    for start, end, family in together(text, font_directory()):
        attributes = attributes or ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        attribute = pango.pango_attr_family_new(family.encode())
        attribute.start_index, attribute.end_index = len(text[:start].encode()), len(text[:end].encode())
        pango.pango_attr_list_insert(attributes, attribute)
    if attributes:
        pango.pango_layout_set_attributes(layout, attributes)


def _shown(text: str) -> str:
    """``text`` as it is set, its white space as in HTML."""
    return _WHITE.sub(" ", visible(text)).strip(" ")

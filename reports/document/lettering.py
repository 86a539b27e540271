"""You come here for how a set line is written into the PDF, so that whoever copies it gets the letters that were typed.

A code in a PDF is copied as the letters its font says it stands for, and extractors guess at what several codes mean
together. So every cluster is one code. Most are one glyph of the derived Thai font; any other (a letter that only a
fallback font has, marks in a combination nobody foresaw) is drawn into a font that is made for this one file.

Uses the binding that WeasyPrint brings, so import it only after ``engine.engine()``. All lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby
from typing import Any, Final, NamedTuple

import uharfbuzz
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.fonts import get_hb_object_data, get_pango_font_hb_face, get_pango_font_key

from reports.document.font_sources import FAMILY
from reports.document.fonts import UnprintableText

_INTEGERS: Final = 5  # of a PangoGlyphInfo: glyph, width, its offsets, flags
_UNITS: Final = 1000
_KEY: Final = "others"
_FIRST_PLANE: Final = 0x10000


class Cluster(NamedTuple):
    """What is copied together: the letters, their glyphs with where each stands, and how wide they are.

    Where its one glyph stands at its beginning, ``glyphs`` is the glyph's number alone.
    """

    text: str
    glyphs: int | tuple[tuple[int, float, float], ...]
    width: float

    @property
    def placed(self) -> tuple[tuple[int, float, float], ...]:
        """Each glyph with where it stands."""
        return ((self.glyphs, 0.0, 0.0),) if isinstance(self.glyphs, int) else self.glyphs


def clusters(run: Any, encoded: bytes) -> list[Cluster]:
    """The clusters of a Pango run of the text ``encoded``, from left to right.

    Raises ``UnprintableText`` where a letter has no glyph.
    """
    item, found = run.item, run.glyphs
    offset, count = item.offset, found.num_glyphs
    starts = ffi.unpack(found.log_clusters, count)
    infos = ffi.unpack(ffi.cast("int *", found.glyphs), count * _INTEGERS)
    glyphs, widths, xs, ys = (infos[place::_INTEGERS] for place in range(4))
    order = sorted(set(starts))
    ends = dict(zip(order, [*order[1:], item.length], strict=True))
    plain = all(glyphs) and all(widths) and not any(xs) and not any(ys) and len(order) == count
    if not plain or max(glyphs) >= pango.PANGO_GLYPH_EMPTY:
        manifold = _manifold(zip(starts, glyphs, widths, xs, ys, strict=True), ends, encoded[offset:])
        return _mounted(manifold) if is_spread(run) else list(manifold)
    return [
        Cluster(encoded[offset + start : offset + ends[start]].decode(), glyph, width * FROM_UNITS)
        for start, glyph, width in zip(starts, glyphs, widths, strict=True)
    ]


def _manifold(
    infos: Iterable[tuple[int, int, int, int, int]], ends: dict[int, int], encoded: bytes
) -> Iterator[Cluster]:
    """The same where some clusters have several glyphs, or glyphs that stand apart from the line."""
    for start, group in groupby(infos, key=lambda info: info[0]):
        pen, drawn = 0, []
        for _, glyph, width, x, y in group:
            if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                raise UnprintableText((chr(glyph & ~pango.PANGO_GLYPH_UNKNOWN_FLAG),))
            if not glyph:  # the box
                raise UnprintableText(tuple(encoded[start : ends[start]].decode()))
            if glyph != pango.PANGO_GLYPH_EMPTY:
                drawn.append((glyph, (pen + x) * FROM_UNITS, -y * FROM_UNITS))
            pen += width
        single = len(drawn) == 1 and not any(drawn[0][1:])
        glyphs = drawn[0][0] if single else tuple(drawn)
        yield Cluster(encoded[start : ends[start]].decode(), glyphs, pen * FROM_UNITS)


def _mounted(found: Iterable[Cluster]) -> list[Cluster]:
    """The clusters, those without width joined to the one before: mutool and pdfium drop one of two in one place."""
    joined: list[Cluster] = []
    for cluster in found:
        if cluster.width or not joined:
            joined.append(cluster)
            continue
        before = joined.pop()
        upon = tuple((glyph, x + before.width, y) for glyph, x, y in cluster.placed)
        joined.append(Cluster(before.text + cluster.text, before.placed + upon, before.width))
    return joined


def is_spread(run: Any) -> bool:
    """Whether the letters of a run may be set apart: those of right-to-left scripts are joined by hand."""
    return not run.item.analysis.level % 2


def codes(run: Any, encoded: bytes) -> int:
    """How many codes a run that is spread is written as: what each brings one room more."""
    return sum(len(_letters(cluster)) for cluster in clusters(run, encoded)) if is_spread(run) else 0


def write(stream: Any, runs: Iterable[Any], encoded: bytes, x: float, y: float, spread: float = 0) -> None:
    """Write Pango's ``runs`` of the text ``encoded``, which stand from left to right, from ``x`` on the baseline ``y``.

    ``spread`` is more room between their letters. The stream is WeasyPrint's; its y grows downwards.
    Raises ``UnprintableText`` where a letter has no glyph.
    """
    stream.begin_text()
    if spread:
        _space_letters(stream, spread)
    found = [(run, clusters(run, encoded)) for run in runs]
    if all(is_spread(run) for run, _ in found):
        stream.set_text_matrix(1, 0, 0, -1, x, y)
        for run, parts in found:
            _write_rightwards(stream, run, parts)
    else:
        _write_mixed(stream, found, x, y, spread)
    if spread:
        _space_letters(stream, 0)
    stream.end_text()


def _write_mixed(
    stream: Any, found: list[tuple[Any, list[Cluster]]], x: float, y: float, spread: float
) -> None:
    """Write a line with right-to-left runs: each where it stands, one after the other as they are read.

    Extractors differ in what they turn around: pdftotext and pdfium go by the places on the page and need every letter
    to be a code of its own, mutool goes by the order in the file, and pypdf turns around what it finds between two
    choices of a font. So letters of such a run are written one by one, as they are read, each with its font.
    """
    placed = []
    for run, parts in found:
        left = x
        x += sum(part.width for part in parts)
        if is_spread(run):
            x += spread * sum(len(_letters(part)) for part in parts)
        placed.append((run.item.offset, run, parts, left, x))
    turned = False
    for _, run, parts, left, right in sorted(placed, key=lambda each: int(each[0])):
        if is_spread(run):
            stream.set_text_matrix(1, 0, 0, -1, left, y)
            _write_rightwards(stream, run, parts, apart=turned)
        else:
            _write_leftwards(stream, run, parts, right, y, spread)
        turned = not is_spread(run)


def _write_rightwards(stream: Any, run: Any, parts: list[Cluster], *, apart: bool = False) -> None:
    """Write the clusters from left to right; ``apart``, each with its font until the first letter has come."""
    pango_font = run.item.analysis.font
    font, size = _derived(stream, pango_font)
    written = _Codes(stream, size)
    # Most clusters come again and again: what each is written as, by the size of its font.
    known: dict[Cluster, str] = vars(font).setdefault("written", {}).setdefault(size, {}) if font else {}
    for cluster in parts:
        if (code := known.get(cluster)) is not None:
            written.put(font, code)
        elif glyph := _glyph_of(font, cluster):
            own = _width(font, stream, pango_font, glyph, size)
            known[cluster] = code = written.code(glyph, own, cluster.width)
            written.put(font, code)
        else:
            others = _others(stream)
            for part in _letters(cluster):
                number = others.code(pango_font, size, part)
                written.put(others, written.code(number, others.widths[number], part.width))
        if apart:
            written.close()
            apart = not cluster.text[0].isalpha()
    written.close()


def _glyph_of(font: Any, cluster: Cluster) -> int:
    """The glyph of ``font`` that draws the cluster and stands for no other letters; 0 where there is none."""
    glyph = cluster.glyphs
    if font is None or not isinstance(glyph, int):
        return 0
    return glyph if font.to_unicode.setdefault(glyph, cluster.text) == cluster.text else 0


def _write_leftwards(
    stream: Any, run: Any, parts: list[Cluster], right: float, y: float, spread: float
) -> None:
    """Write the letters from ``right`` to the left; where several share a picture, the last of them has it."""
    pango_font = run.item.analysis.font
    _, _, size = get_pango_font_key(pango_font)
    others = _others(stream)
    if spread:
        _space_letters(stream, 0)
    for text, glyphs, whole in reversed(parts):
        width = whole / len(text)
        for place, letter in enumerate(text, 1):
            part = Cluster(letter, glyphs if place == len(text) else (), width)
            right -= width
            stream.set_text_matrix(1, 0, 0, -1, right, y)
            written = _Codes(stream, size)
            written.put(others, f"{others.code(pango_font, size, part):04x}")
            written.close()
    if spread:
        _space_letters(stream, spread)


def _letters(cluster: Cluster) -> list[Cluster]:
    """The cluster, or its letters where some are beyond the first plane: mutool knows no other way to read these.

    The first of them has the picture.
    """
    text, glyphs, width = cluster
    if len(text) == 1 or max(map(ord, text)) < _FIRST_PLANE:
        return [cluster]
    width /= len(text)
    return [Cluster(letter, () if place else glyphs, width) for place, letter in enumerate(text)]


def _derived(stream: Any, pango_font: Any) -> tuple[Any, float]:
    """The derived font, or None where the letters come from another; and their nominal size."""
    key, description, size = get_pango_font_key(pango_font)
    fonts = stream._fonts
    if key in fonts:
        return fonts[key], size
    family = ffi.string(pango.pango_font_description_get_family(description)).decode()
    return (stream.add_font(pango_font)[0] if family == FAMILY else None), size


def _width(font: Any, stream: Any, pango_font: Any, glyph: int, size: float) -> int:
    """How wide the font itself says its glyph is, in thousandths of an em."""
    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(pango_font, glyph, ffi.NULL, stream.logical_rect)
        font.widths[glyph] = round(stream.logical_rect.width * FROM_UNITS * 1000 / size)
    return int(font.widths[glyph])


class _Codes:
    """Codes on their way into the stream, with what moves each to where Pango put it."""

    def __init__(self, stream: Any, size: float) -> None:
        self._stream, self._size, self._scale = stream, size, 1000 / size
        self._font: Any = None
        self._string: list[str] = []

    def code(self, number: int, own: float, wanted: float) -> str:
        """A code that is ``own`` thousandths of an em wide and shall take ``wanted`` points, as it is written."""
        kerning = int(own - wanted * self._scale)
        return f"{number:04x}>{kerning}<" if kerning else f"{number:04x}"

    def put(self, font: Any, code: str) -> None:
        if font is not self._font:
            self.close()
            self._font = font
            self._stream.stream.append(f"/{font.hash} {self._size:.4g} Tf".encode())
        self._string.append(code)

    def close(self) -> None:
        """Put into the stream what has come; the next code brings its font anew."""
        if self._string:
            self._stream.show_text(f"<{''.join(self._string)}>")
        self._font, self._string = None, []


def _space_letters(stream: Any, spread: float) -> None:
    stream.stream.append(f"{spread:.4f} Tc".encode())  # an operator that pydyf has no method for


def _others(stream: Any) -> Others:
    fonts = stream._fonts  # those of the whole file, to which WeasyPrint lets nobody add one
    if _KEY not in fonts:
        fonts[_KEY] = Others()
    return fonts[_KEY]  # type: ignore[no-any-return]


class Others:
    """A font of one file, as WeasyPrint asks of those that it writes: one glyph for each cluster it is asked for."""

    hash = "OTHERS"
    name = b"/OTHERS+ITA-Others"
    family = "ITA Others"
    type = "ttf"
    bitmap = used_in_forms = False
    flags = 4  # its own set of letters
    ascent, descent = 900, -300
    italic_angle = 0
    stemv = stemh = 80
    missing: Any = None

    def __init__(self) -> None:
        self.widths: dict[int, int] = {}
        self.to_unicode: dict[int, str] = {}
        self.file_content = b""
        self._glyphs: list[Any] = [TTGlyphPen(None).glyph()]
        self._known: dict[tuple[Any, ...], int] = {}
        self._sources: dict[int, uharfbuzz.Font] = {}

    def code(self, pango_font: Any, size: float, cluster: Cluster) -> int:
        """The code that draws ``cluster`` and is copied as its text."""
        text, _, width = cluster
        face = get_pango_font_hb_face(pango_font)
        address = int(ffi.cast("intptr_t", face))
        scale = _UNITS / size
        placed = tuple((glyph, round(x * scale), round(y * scale)) for glyph, x, y in cluster.placed)
        key = address, placed, text, round(width * scale)
        if key not in self._known:
            if address not in self._sources:
                self._sources[address] = uharfbuzz.Font(uharfbuzz.Face(get_hb_object_data(face)))
            self._known[key] = code = len(self._glyphs)
            self._glyphs.append(_drawn(self._sources[address], placed))
            self.to_unicode[code], self.widths[code] = text, key[-1]
        return self._known[key]

    def clean(self, _to_unicode: Any, _hinting: bool) -> None:
        """Make the file; nothing has to be cut out of it."""
        order = [".notdef", *(f"c{number}" for number in range(1, len(self._glyphs)))]
        made = FontBuilder(_UNITS, isTTF=True)
        made.font.recalcTimestamp = False
        made.updateHead(created=0, modified=0)
        made.setupGlyphOrder(order)
        made.setupGlyf(dict(zip(order, self._glyphs, strict=True)))
        glyf = made.font["glyf"]
        sides = {name: getattr(glyf[name], "xMin", 0) for name in order}
        made.setupHorizontalMetrics(
            {name: (self.widths.get(code, 0), sides[name]) for code, name in enumerate(order)}
        )
        made.setupHorizontalHeader(ascent=self.ascent, descent=self.descent)
        made.setupPost(keepGlyphNames=False)
        out = BytesIO()
        made.save(out)
        self.file_content = out.getvalue()


def _drawn(source: uharfbuzz.Font, parts: tuple[tuple[int, int, int], ...]) -> Any:
    pen = TTGlyphPen(None)
    scale = _UNITS / source.face.upem
    for glyph, x, y in parts:
        source.draw_glyph_with_pen(glyph, TransformPen(pen, (scale, 0, 0, scale, x, y)))
    return pen.glyph()

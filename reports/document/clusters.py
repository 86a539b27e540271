"""You come here for how a Thai font is derived in which every cluster is one glyph, so that it is copied exactly.

A PDF made from an ordinary font loses Thai when its text is copied: the shaper takes ำ apart, and vowels and tone
marks are glyphs of their own, whose order every reader guesses. Here each consonant with each vowel sign, tone mark
and ำ becomes one composite glyph, and a ligature from the sequence the shaper makes leads to it. On paper it looks
the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import product
from math import ceil
from pathlib import Path
from typing import Any, Final

import uharfbuzz
from fontTools.otlLib.builder import buildLigatureSubstSubtable, buildLookup
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

from reports.document.font_sources import Source
from reports.document.neighbours import Neighbours, Part, sampled

# Nominal units for each of the source's, so that ``Face.size`` of the result is as large as the official face:
# Sarabun draws larger than the official TH Sarabun, and the nominal size is 0.8 of the official.
SARABUN: Final = 1.212
OFFICIAL: Final = 0.8

_CONSONANTS: Final = [chr(code) for code in range(0x0E01, 0x0E2F)]
_VOWELS: Final = ["", *"\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e4d"]
_TONES: Final = ["", *"\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e"]
_SARA_AM_TONES: Final = _TONES[:5]
_NIKHAHIT, _SARA_AA, _SARA_AM = "\u0e4d", "\u0e32", "\u0e33"
_ROUND_XY_TO_GRID: Final = 0x0004
# In thousandths of an em of Sarabun: what stands higher than this is above a letter, what rises so much beside it is a
# stroke, and so near marks may come.
_ABOVE: Final = 400
_RISES: Final = 50
_GAP: Final = 20


def derive(source: Path, *, family: str, style: str, scale: float = SARABUN) -> bytes:
    """The cluster-glyph font of ``source`` (TrueType outlines) as bytes, named ``family`` ``style``.

    A font that does nothing to marks of its own (no ``ccmp``) stays as it is: its clusters are drawn when printed.
    """
    data = source.read_bytes()
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    shaper = uharfbuzz.Font(uharfbuzz.Face(data))
    letters = font.getBestCmap()
    glyf = font["glyf"]  # read before the order of glyphs grows
    neighbours = Neighbours(font)
    ligatures: dict[tuple[str, ...], str] = {}
    nearer: dict[str, str] = {}
    for number, (typed, sequence) in enumerate(_clusters()):
        name = f"cluster{number}"
        parts = _shape(shaper, font, typed)
        if parts is not None:
            parts = _cleared(glyf, parts)
            _add_composite(font, name, parts)
            if left := _before_leading(glyf, neighbours, parts):
                nearer[name] = f"{name}.near"
                _add_composite(font, nearer[name], left)
            ligatures[tuple(letters[ord(letter)] for letter in sequence)] = name
    font.setGlyphOrder(glyf.glyphOrder)
    _put_first(font, ligatures)
    neighbours.put(nearer)
    font["head"].unitsPerEm = round(font["head"].unitsPerEm * scale)
    return _named(font, family, style)


def scaled(source: Source) -> bytes:
    """``source`` at its weight, drawn as much smaller as Sarabun is, under its own name, as bytes."""
    data = source.path.read_bytes()
    if source.weight:
        face, kept = uharfbuzz.Face(data), uharfbuzz.SubsetInput()
        kept.keep_everything()
        kept.pin_axis_location(face, "wght", source.weight)
        data = uharfbuzz.subset(face, kept).blob.data
    font = TTFont(BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
    font["head"].unitsPerEm = round(font["head"].unitsPerEm * SARABUN)
    return _named(font, source.family, source.style)


def _clusters() -> Iterator[tuple[str, str]]:
    """Each cluster as typed, and as the shaper sees it: ำ taken apart, its circle before the tone."""
    for consonant in _CONSONANTS:
        for vowel, tone in product(_VOWELS, _TONES):
            if vowel or tone:
                yield consonant + vowel + tone, consonant + vowel + tone
        for tone in _SARA_AM_TONES:
            yield consonant + tone + _SARA_AM, consonant + _NIKHAHIT + tone + _SARA_AA


def _shape(shaper: Any, font: TTFont, text: str) -> list[Part] | None:
    """Glyph, x, y and advance of each part; None where the font has no glyph for a letter."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(shaper, buffer)
    parts, pen = [], 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.codepoint == 0:
            return None
        name = font.getGlyphName(info.codepoint)
        parts.append((name, pen + position.x_offset, position.y_offset, position.x_advance))
        pen += position.x_advance
    return parts


def _cleared(glyf: Any, parts: list[Part]) -> list[Part]:
    """``parts`` with what stands above moved to the left where it would touch the rising stroke of ป ฝ ฟ ฬ.

    All marks move together, so that a tone stays above its vowel.
    """
    (base, left, _, advance), *_ = parts
    shift = 0
    for name, x, y, _ in _above(glyf, parts):
        mark = glyf[name]
        foot = mark.yMin + y
        if foot < glyf[base].yMax - _RISES:
            stroke = min(at for at, height in sampled(glyf, base) if height > foot - _GAP)
            shift = max(shift, ceil(mark.xMax + x + _GAP - left - stroke))
    return _moved(glyf, parts, shift) if 0 < shift < advance // 2 else parts


def _before_leading(glyf: Any, neighbours: Neighbours, parts: list[Part]) -> list[Part]:
    """``parts`` with what stands above moved clear of a vowel written ahead of the next letter; empty where it is."""
    advance = sum(width for *_, width in parts)
    shift = neighbours.overlap(_above(glyf, parts), advance)
    return _moved(glyf, parts, shift) if 0 < shift < advance // 2 else []


def _above(glyf: Any, parts: list[Part]) -> list[Part]:
    """The marks above the letter."""
    return [
        part
        for part in parts[1:]
        if not part[3] and glyf[part[0]].numberOfContours and glyf[part[0]].yMin + part[2] > _ABOVE
    ]


def _moved(glyf: Any, parts: list[Part], shift: int) -> list[Part]:
    above = _above(glyf, parts)
    return [(name, x - shift * ((name, x, y, width) in above), y, width) for name, x, y, width in parts]


def _add_composite(font: TTFont, name: str, parts: list[Part]) -> None:
    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = []
    for part, x, y, _ in parts:
        component = GlyphComponent()
        component.glyphName, component.x, component.y = part, x, y
        component.flags = _ROUND_XY_TO_GRID
        glyph.components.append(component)
    glyf = font["glyf"]
    glyf[name] = glyph
    glyph.recalcBounds(glyf)
    font["hmtx"][name] = (sum(advance for *_, advance in parts), glyph.xMin)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = 1


def _put_first(font: TTFont, ligatures: dict[tuple[str, ...], str]) -> None:
    """Insert the ligatures as lookup 0 of every ``ccmp``; the lookups behind move by one wherever they are named."""
    table = font["GSUB"].table
    table.LookupList.Lookup.insert(0, buildLookup([buildLigatureSubstSubtable(ligatures)]))
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    for lookup in table.LookupList.Lookup[1:]:
        for record in _chained(lookup):
            record.LookupListIndex += 1
    for record in table.FeatureList.FeatureRecord:
        feature = record.Feature
        feature.LookupListIndex = [index + 1 for index in feature.LookupListIndex]
        if record.FeatureTag == "ccmp":
            feature.LookupListIndex.insert(0, 0)
        feature.LookupCount = len(feature.LookupListIndex)


def _chained(node: Any) -> Iterator[Any]:
    """Every record below ``node`` that names a lookup by its index."""
    if type(node).__name__ == "SubstLookupRecord":
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from _chained(item)
    elif hasattr(node, "__dict__") and not isinstance(node, TTFont):
        for item in vars(node).values():
            if isinstance(item, list) or hasattr(item, "__dict__"):
                yield from _chained(item)


def _named(font: TTFont, family: str, style: str) -> bytes:
    """The font under another name, as the licences of fonts ask where one is changed."""
    compact = family.replace(" ", "")
    names = {1: family, 2: style, 3: f"{compact}-{style}", 4: f"{family} {style}", 6: f"{compact}-{style}"}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID not in {*names, 16, 17}]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    if "DSIG" in font:
        del font["DSIG"]  # the signature of the font it was derived from
    out = BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()

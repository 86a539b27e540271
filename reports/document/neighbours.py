"""You come here for how marks keep clear of the next letter: ก้ before ไ, whose hook reaches back over it.

Of each cluster that would touch ไ, ใ or โ a second one is made, its marks further to the left, which takes its place
before these. The widths stay, so that no extractor sees a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from typing import Any, Final

from fontTools.otlLib.builder import ChainContextSubstBuilder, ChainContextualRule, SingleSubstBuilder
from fontTools.ttLib import TTFont

LEADING: Final = "ไใโ"
Part = tuple[str, int, int, int]
"""A glyph, its x and y, and its advance."""
# In thousandths of an em of Sarabun: so near marks may come, and heights that are compared as one.
_GAP: Final = 20
_BAND: Final = 10
_STEPS: Final = 16  # between two points of an outline


class Neighbours:
    """The letters of a font that reach back over the one before."""

    def __init__(self, font: TTFont) -> None:
        self._font = font
        self._glyf = font["glyf"]
        letters = font.getBestCmap()
        self._names = [letters[ord(letter)] for letter in LEADING if ord(letter) in letters]
        self._right: dict[str, dict[int, float]] = {}
        self._left: dict[int, float] = {}
        for name in self._names:
            for x, y in sampled(self._glyf, name):
                for near in (-_GAP, 0, _GAP):
                    band = int(y + near) // _BAND
                    self._left[band] = min(x, self._left.get(band, x))

    def overlap(self, marks: Iterable[Part], advance: int) -> int:
        """How far ``marks`` stand too far to the right before one of these, above a letter that is ``advance`` wide."""
        found = 0
        for name, dx, dy, _ in marks:
            for band, x in self._edge(name).items():
                left = self._left.get(band + dy // _BAND)
                if left is not None:
                    found = max(found, ceil(x + dx + _GAP - advance - left))
        return found

    def put(self, nearer: Mapping[str, str]) -> None:
        """Let each cluster be replaced before one of these; the last lookups of every ``ccmp``."""
        table = self._font["GSUB"].table
        lookups = table.LookupList.Lookup
        single = SingleSubstBuilder(self._font, None)
        single.mapping = dict(nearer)
        single.lookup_index = len(lookups)
        chain = ChainContextSubstBuilder(self._font, None)
        chain.rules.append(ChainContextualRule([], [sorted(nearer)], [self._names], [[single]]))
        lookups += [single.build(), chain.build()]
        table.LookupList.LookupCount = len(lookups)
        for record in table.FeatureList.FeatureRecord:
            if record.FeatureTag == "ccmp":
                record.Feature.LookupListIndex.append(len(lookups) - 1)
                record.Feature.LookupCount += 1

    def _edge(self, name: str) -> dict[int, float]:
        """How far a glyph reaches to the right, by height."""
        if name not in self._right:
            edge = self._right[name] = {}
            for x, y in sampled(self._glyf, name):
                band = int(y) // _BAND
                edge[band] = max(x, edge.get(band, x))
        return self._right[name]


def sampled(glyf: Any, name: str) -> Iterator[tuple[float, float]]:
    """Points on the outline of a glyph, close enough that none of its strokes is missed."""
    points, ends, _ = glyf[name].getCoordinates(glyf)
    start = 0
    for end in ends:
        ring = list(points[start : end + 1])
        for (x, y), (next_x, next_y) in zip(ring, ring[1:] + ring[:1], strict=True):
            for step in range(_STEPS):
                yield x + (next_x - x) * step / _STEPS, y + (next_y - y) * step / _STEPS
        start = end + 1

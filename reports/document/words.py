"""You come here for where Thai words end: the borders on which every reading of a phrase agrees.

Thai is written without spaces between words. A phrase is read as PyThaiNLP's newmm reads it, as the fewest words of
its dictionary (``words_th.txt``, CC0); where several readings are equally short ("ประจำ|ปีงบประมาณ" and
"ประจำปี|งบประมาณ"), only those borders count that all of them have. The list is read from the installed package by its
path: importing PyThaiNLP, which this does not need, would cost 0.2 s at every start.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

_LIST: Final = Path("corpus") / "words_th.txt"

# Letters that no word parts: with the vowels written ahead of them and the signs above, below and after.
_CLUSTER: Final = re.compile("[เแโใไ]*.[ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ฯๆ]*")

# What is in no dictionary costs more than any number of words, so that as little as possible is read so.
_WORD, _UNKNOWN = 1, 1_000_000
# A word so short beside something unknown is most likely a piece of it: โท|เค็น, พา|สคีย์.
_SHORT: Final = 3


# Newmm sees a word, a reader half of one: the next word belongs to it.
_BINDING: Final = frozenset(("การ", "ความ", "ผู้", "นัก", "คณะ", "กอง", "ราย"))
# Names and titles of two words and more that an official reader takes for one.
_TITLES: Final = re.compile("ผู้รับบริการ|สื่อออนไลน์|สำนักปลัด|(?:รอง)?ปลัดเทศบาล|(?:รักษา|ปฏิบัติ)ราชการแทน")


class Borders(NamedTuple):
    """Places in a phrase where a word ends and another begins; neither its start nor its end."""

    sure: frozenset[int]
    fair: frozenset[int]  # of some readings only, or between words that belong to each other


@lru_cache(maxsize=4096)
def borders(phrase: str) -> Borders:
    """The borders of ``phrase``, Thai letters only.

    Takes time in proportion to its length, about 1 µs a letter.
    """
    places = [0, *(match.end() for match in _CLUSTER.finditer(phrase))]
    ends, prices = _readings(phrase, places)
    agreed, other = _agreed(ends, prices)
    at = [places[number] for number in agreed]
    long = [end - start > _SHORT for start, end in pairwise(at)]
    known = [prices[number] == _WORD for number in agreed]
    sure = {
        at[number]
        for number in range(1, len(at) - 1)
        if (known[number] or long[number - 1]) and (known[number - 1] or long[number])
    }
    bound = {end for start, end in pairwise(at) if phrase[start:end] in _BINDING} & sure
    for title in _TITLES.finditer(phrase):
        bound.update(sure.intersection(range(title.start() + 1, title.end())))
    fair = {places[number] for number in other if prices[number] == _WORD}
    return Borders(frozenset(sure - bound), frozenset(bound | fair))


def _readings(phrase: str, places: list[int]) -> tuple[list[list[int]], list[int]]:
    """Where the words end that begin at each of ``places``, by its number, and what each of these words costs."""
    last = len(places) - 1
    ends: list[list[int]] = [[] for _ in places]
    prices = [_WORD] * len(places)
    reached = bytearray([1]) + bytearray(last)
    for number, start in enumerate(places[:-1]):
        if not reached[number]:
            continue
        found = ends[number]
        for end in range(number + 1, last + 1):
            whole = _begins(phrase[start : places[end]])
            if whole:
                found.append(end)
                reached[end] = 1
            elif whole is None:
                break
        if not found:
            found.append(number + 1)
            reached[number + 1] = 1
            prices[number] = _UNKNOWN
    return ends, prices


def _agreed(ends: list[list[int]], prices: list[int]) -> tuple[list[int], list[int]]:
    """The places that all of the cheapest readings have, and those that only some of them have."""
    last = len(ends) - 1
    costs = [0] * len(ends)  # of the cheapest reading from there on
    for place in range(last - 1, -1, -1):
        if found := ends[place]:
            costs[place] = min([costs[end] for end in found]) + prices[place]
    cheap = bytearray([1]) + bytearray(last)
    agreed: list[int] = []
    other: list[int] = []
    furthest = 0
    for place in range(last):
        if not cheap[place]:
            continue
        (agreed if place == furthest else other).append(place)
        rest = costs[place] - prices[place]
        for end in ends[place]:
            if costs[end] == rest:
                cheap[end] = 1
                furthest = max(furthest, end)
    return [*agreed, last], other


@lru_cache(maxsize=1)
def _dictionary() -> list[str]:
    package = find_spec("pythainlp")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("PyThaiNLP is missing, which has the list of Thai words: run make install.")
    return sorted((Path(package.origin).parent / _LIST).read_text(encoding="utf-8").split("\n"))


@lru_cache(maxsize=16384)
def _begins(text: str) -> bool | None:
    """True for a word, False for the beginning of one, None for neither."""
    words = _dictionary()
    at = bisect_left(words, text)
    if at == len(words) or not words[at].startswith(text):
        return None
    return words[at] == text

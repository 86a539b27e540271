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
from typing import Final

_LIST: Final = Path("corpus") / "words_th.txt"

# Letters that no word parts: with the vowels written ahead of them and the signs above, below and after.
_CLUSTER: Final = re.compile("[เแโใไ]*.[ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ฯๆ]*")

# What is in no dictionary costs more than any number of words, so that as little as possible is read so.
_WORD, _UNKNOWN = 1, 1_000_000
# A word so short beside something unknown is most likely a piece of it: โท|เค็น, พา|สคีย์.
_SHORT: Final = 3


# A line does not end with one of these alone, though newmm sees a word: the next word is its other half.
_BINDING: Final = frozenset(("การ", "ความ", "ผู้", "นัก", "คณะ", "กอง", "ราย"))
# Names and titles of two words and more that an official reader takes for one.
_TITLES: Final = re.compile("ผู้รับบริการ|สื่อออนไลน์|สำนักปลัด|(?:รอง)?ปลัดเทศบาล|(?:รักษา|ปฏิบัติ)ราชการแทน")


@lru_cache(maxsize=4096)
def borders(phrase: str) -> frozenset[int]:
    """The places in ``phrase``, Thai letters only, where a word ends and another begins; neither its start nor its end.

    Takes time in proportion to its length, about 1 µs a letter.
    """
    places = [0, *(match.end() for match in _CLUSTER.finditer(phrase))]
    ends, prices = _readings(phrase, places)
    agreed = _agreed(ends, prices)
    at = [places[number] for number in agreed]
    long = [end - start > _SHORT for start, end in pairwise(at)]
    known = [prices[number] == _WORD for number in agreed]
    found = {
        at[number]
        for number in range(1, len(at) - 1)
        if (known[number] or long[number - 1])
        and (known[number - 1] or long[number])
        and phrase[at[number - 1] : at[number]] not in _BINDING
    }
    for title in _TITLES.finditer(phrase):
        found.difference_update(range(title.start() + 1, title.end()))
    return frozenset(found)


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


def _agreed(ends: list[list[int]], prices: list[int]) -> list[int]:
    """The places that all of the cheapest readings have."""
    last = len(ends) - 1
    costs = [0] * len(ends)  # of the cheapest reading from there on
    for place in range(last - 1, -1, -1):
        if found := ends[place]:
            costs[place] = min([costs[end] for end in found]) + prices[place]
    cheap = bytearray([1]) + bytearray(last)
    agreed, furthest = [], 0
    for place in range(last):
        if not cheap[place]:
            continue
        if place == furthest:
            agreed.append(place)
        rest = costs[place] - prices[place]
        for end in ends[place]:
            if costs[end] == rest:
                cheap[end] = 1
                furthest = max(furthest, end)
    return [*agreed, last]


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

"""You come here for how the page is shared among columns so that the rows become low. Pure arithmetic, in points."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from reports.document.sheet import CM

_PAGE: Final = 5  # rows of a page, about: so often is a heading repeated
_WIDEST_WORD: Final = 2.5 * CM  # kept whole, where an even share is narrower
_TURNS: Final = 24
_HALVINGS: Final = 40
_FOR_EASE: Final = 0.7  # of the room may be asked for ease
_SHARP: Final = 2  # how much the highest cell of a row counts before the others


class _Bounds(NamedTuple):
    """The least and most width of a column; what is ``firm`` is the last to get less than its least."""

    least: float
    most: float
    firm: bool


@dataclass(frozen=True)
class Need:
    """What a column asks for, in points of width for its text at the full size.

    ``least`` keeps its words whole and its heading short, at ``easy`` its text reads well, ``most`` is all it can use;
    ``cells`` are the lengths of its rows set in one line, the heading's first, and ``loose`` how many lines of each are
    not full. A ``firm`` column holds numbers, which are never parted.
    """

    least: float
    easy: float
    most: float
    cells: list[float]
    loose: list[float]
    firm: bool


def fits(needs: list[Need], room: float) -> bool:
    """Whether every column gets its least in ``room``."""
    return sum(bound.least for bound in _bounds(needs, room)) <= room


def shared(needs: list[Need], room: float) -> list[float]:
    """``room`` shared so that the rows become low.

    A row is as high as its highest cell. Were that the sum of its cells, each column's best width would be as the root
    of its text's length; so each cell is given a weight, the higher the nearer it is to its row's highest, and the
    widths are found again from the weighted lengths until they settle.
    """
    bounds = _eased(needs, room)
    rows = list(zip(*(need.cells for need in needs), strict=True))
    loose = list(zip(*(need.loose for need in needs), strict=True))
    times = max(1.0, len(rows) / _PAGE)
    widths = _within(bounds, [1.0] * len(needs), room)
    for _ in range(_TURNS):
        wanted = [0.0] * len(needs)
        for number, cells in enumerate(rows):
            lines = [
                cell / width + more for cell, width, more in zip(cells, widths, loose[number], strict=True)
            ]
            highest = max(lines) or 1
            for column, cell in enumerate(cells):
                weight = (lines[column] / highest) ** _SHARP
                wanted[column] += cell * weight * (1 if number else times)
        best = _within(bounds, [math.sqrt(length) for length in wanted], room)
        widths = [math.sqrt(width * new) for width, new in zip(widths, best, strict=True)]
    return _within(bounds, widths, room)


def _within(bounds: list[_Bounds], weights: list[float], room: float) -> list[float]:
    """``room`` shared by ``weights``, no share outside its bounds unless all together are."""
    if sum(bound.least for bound in bounds) >= room:
        firm = sum(bound.least for bound in bounds if bound.firm) < room / 2
        return _levelled_to(
            room, lambda level: [b.least if firm and b.firm else min(b.least, level) for b in bounds], room
        )
    if (over := room - sum(bound.most for bound in bounds)) >= 0:
        gaining = [0.0 if bound.firm else bound.most for bound in bounds]
        gaining = gaining if any(gaining) else [bound.most for bound in bounds]
        return [b.most + over * share / sum(gaining) for b, share in zip(bounds, gaining, strict=True)]
    some = max(*weights, 1.0) / 1000  # an empty column, too, takes what is over
    pairs = [(max(weight, some), bound) for weight, bound in zip(weights, bounds, strict=True)]
    return _levelled_to(
        room, lambda level: [min(max(level * weight, b.least), b.most) for weight, b in pairs], room / some
    )


def _levelled_to(room: float, shares: Callable[[float], list[float]], most: float) -> list[float]:
    """The ``shares`` at the level, up to ``most``, at which they are ``room`` together."""
    low, high = 0.0, most
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(shares(middle)) < room else (low, middle)
    return shares(low)


def _bounds(needs: list[Need], room: float) -> list[_Bounds]:
    """The bounds of each column; no single word takes all."""
    widest = max(_WIDEST_WORD, room / len(needs))
    return [
        _Bounds(need.least if need.firm else min(need.least, widest), need.most, need.firm) for need in needs
    ]


def _eased(needs: list[Need], room: float) -> list[_Bounds]:
    """Bounds with more than the least for text that wraps, as far as room for the long columns remains."""
    bounds = _bounds(needs, room)
    least = sum(bound.least for bound in bounds)
    easy = [max(bound.least, min(bound.most, need.easy)) for bound, need in zip(bounds, needs, strict=True)]
    part = min(1.0, max(0.0, _FOR_EASE * room - least) / max(1.0, sum(easy) - least))
    return [
        bound._replace(least=bound.least + part * (ease - bound.least))
        for bound, ease in zip(bounds, easy, strict=True)
    ]

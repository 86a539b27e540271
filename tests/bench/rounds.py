"""Two or more ways of doing the same, measured in turns, so that a noisy machine is noisy to all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median

ROUNDS = 7


def medians(ways: Mapping[str, Callable[[], float]], *, rounds: int = ROUNDS) -> dict[str, float]:
    """The median of what each way returns, over ``rounds`` turns after one that does not count."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            value = way()
            if turn:
                found[name].append(value)
    return {name: median(values) for name, values in found.items()}


def seconds(act: Callable[[], object]) -> Callable[[], float]:
    """How long ``act`` takes, in seconds of real time."""

    def timed() -> float:
        start = time.perf_counter()
        act()
        return time.perf_counter() - start

    return timed

"""Two processes press the same button at the same moment, over and over: how often do both win?

Each has its own connection to the database. Before every race the first of them puts a new revision into the chain;
then both wait for each other and sign.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from typing import Any

RACES = 10_000
RACERS = 2


def run(revision: int, *, races: int = RACES) -> Iterator[tuple[str, float]]:
    """Races on copies of ``revision``, whose turn it is: those that two won, and those that nobody won."""
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(RACERS), context.Queue()
    racers = [
        context.Process(target=_race, args=(number, revision, races, barrier, results))
        for number in range(RACERS)
    ]
    for racer in racers:
        racer.start()
    won = [results.get(timeout=3600) for _ in racers]
    for racer in racers:
        racer.join()
    wins = [sum(outcome) for outcome in zip(*won, strict=True)]
    yield "sign.race.double", sum(win > 1 for win in wins)
    yield "sign.race.lost", sum(win == 0 for win in wins)


def _race(number: int, revision: int, races: int, barrier: Barrier, results: Any) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_portal.settings")
    import django  # noqa: PLC0415 -- in a process of its own

    django.setup()
    from tests.bench.pressing import again, press  # noqa: PLC0415 -- they need the models

    won = []
    for _ in range(races):
        if number == 0:
            again(revision)
        barrier.wait(60)
        won.append(press(revision))
        barrier.wait(60)
    results.put(won)

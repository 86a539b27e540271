"""You come here to find which row each entry of a list means: by key, else by place and words. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Wanted:
    """An entry of the file: its key (None without), its place, and its words."""

    key: str | None
    place: tuple[object, ...]
    words: str


@dataclass(frozen=True)
class Known(Generic[Row]):
    """A row that stands already."""

    row: Row
    key: str
    place: tuple[object, ...]
    words: str


def match(wanted: Sequence[Wanted], known: Sequence[Known[Row]]) -> tuple[list[Row | None], list[Known[Row]]]:
    """Return the row of each entry (None for a new one), and the rows that no entry means.

    An entry with a key means the row with that key and no other. One without means the row of the same place and
    words, else the only row left with its words, where it is the only entry left with them: it moved.
    """
    rows: list[Row | None] = [None] * len(wanted)
    left = dict(enumerate(known))

    def settle(sign: Callable[[Wanted], Hashable], found: Callable[[Known[Row]], Hashable]) -> None:
        """Give each entry the first row left whose sign is the entry's; None is no sign."""
        by_sign: defaultdict[Hashable, list[int]] = defaultdict(list)
        for number, k in reversed(left.items()):
            by_sign[found(k)].append(number)
        for index, entry in enumerate(wanted):
            if rows[index] is None and (signed := sign(entry)) is not None and by_sign[signed]:
                rows[index] = left.pop(by_sign[signed].pop()).row

    settle(lambda entry: entry.key, lambda k: k.key)
    settle(
        lambda entry: (entry.place, entry.words) if entry.key is None else None, lambda k: (k.place, k.words)
    )
    waiting = Counter(entry.words for entry, row in zip(wanted, rows, strict=True) if row is None)
    standing = Counter(k.words for k in left.values())
    moved = {words for words, times in waiting.items() if times == standing[words] == 1}
    settle(
        lambda entry: entry.words if entry.key is None and entry.words in moved else None,
        lambda k: k.words,
    )
    return rows, list(left.values())


def match_lines(wanted: Sequence[str], known: Sequence[str]) -> list[int | None]:
    """Return the index in ``known`` of each line: the same words in the same place, elsewhere, or the place alone."""
    found: list[int | None] = [None] * len(wanted)
    left = set(range(len(known)))

    def take(index: int, candidates: Iterable[int]) -> None:
        if found[index] is None and (first := next((c for c in candidates if c in left), None)) is not None:
            found[index] = first
            left.discard(first)

    for index, words in enumerate(wanted):
        take(index, [index] if index < len(known) and known[index] == words else [])
    for index, words in enumerate(wanted):
        take(index, [i for i in sorted(left) if known[i] == words])
    for index in range(len(wanted)):
        take(index, [index])
    return found


def positions(current: Iterable[int | None]) -> list[int]:
    """Return positions that rise along a list, keeping those of ``current`` (None for a new row) that can stay."""
    result: list[int] = []
    for position in current:
        last = result[-1] if result else -1
        result.append(position if position is not None and position > last else max(last + 1, 1))
    return result


def free_keys(letter: str, taken: Iterable[str]) -> Iterator[str]:
    """Yield "m8", "m9", …: the numbers after the highest taken."""
    numbers = [int(key[1:]) for key in taken if re.fullmatch(f"{letter}[0-9]{{1,9}}", key)]
    number = max(numbers, default=0)
    while True:
        number += 1
        yield f"{letter}{number}"

"""Steps as clerks type them, one a line, and which stored step a typed line was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from measures.thai import ThaiValueError, arabic_digits, canonical

MOST_STEPS: Final = 200
LONGEST_STEP: Final = 5000
LONGEST_TEXT: Final = 200_000
"""Of all lines together; far above any real measure, far below what a browser gives up on."""

# A point that ends a number is followed by a space or a letter: "1.5 ล้านบาท" and "2567 …" are no numbers of steps.
_NUMBER: Final = re.compile(
    r"(?P<number>\(\d{1,3}\)|\d{1,3}(?:\.\d{1,3})*(?=[.)]))[.)]?(?: +(?=\S)|(?=[^\s\d.)]))"
)
_ALIKE: Final = 0.4
_COMPARED: Final = 300


@dataclass(frozen=True)
class StepLine:
    """A step; ``number`` is empty where its order says the same."""

    number: str
    text: str


def parse_steps(typed: str) -> list[StepLine]:
    """Return the steps typed in ``typed``, one a line; blank lines are nothing.

    A number before the text ("๑. …", "1) …", "(๑) …") is kept only where it differs from the line's order.
    Raises ``ThaiValueError`` for too many steps, a number without text, and a step that is too long.
    """
    lines = [line.strip() for line in canonical(typed, multiline=True).split("\n") if line.strip()]
    if len(lines) > MOST_STEPS:
        raise ThaiValueError(
            f"มี {len(lines):,} ขั้นตอน เกินที่รับได้ ({MOST_STEPS} ขั้นตอน) กรุณารวมหรือแบ่งเป็นหลายมาตรการ"
        )
    return [_step(order, line) for order, line in enumerate(lines, start=1)]


def step_lines(steps: Iterable[StepLine]) -> str:
    """Return the lines that ``parse_steps`` reads as ``steps``.

    Numbers that follow from the order are left out, so that a line put between two others renumbers the rest.
    """
    return "\n".join(_line(order, step) for order, step in enumerate(steps, start=1))


def pair(stored: Sequence[str], typed: Sequence[str]) -> list[int | None]:
    """Return for each typed text the index of the stored one that it is, or ``None`` for a new one.

    The same words are the same step wherever they moved; then what is most alike; and where as many are left
    on either side, they are the same in order. What was done on a step so follows it through an edit.
    """
    found: list[int | None] = [None] * len(typed)
    free = list(range(len(stored)))
    for index, text in enumerate(typed):
        same = next((old for old in free if stored[old] == text), None)
        if same is not None:
            found[index] = same
            free.remove(same)
    for likeness, old, index in _likely(stored, typed, free, found):
        if likeness >= _ALIKE and old in free and found[index] is None:
            found[index] = old
            free.remove(old)
    fresh = [index for index, old in enumerate(found) if old is None]
    if len(fresh) == len(free):
        for index, old in zip(fresh, free, strict=True):
            found[index] = old
    return found


def _step(order: int, line: str) -> StepLine:
    match = _NUMBER.match(line)
    number, text = (match["number"], line[match.end() :]) if match else ("", line)
    if not any(character.isalpha() for character in text):
        raise ThaiValueError(f"ขั้นตอนที่ {order} ยังไม่มีข้อความ กรุณากรอกข้อความหรือลบบรรทัดนี้")
    if len(text) > LONGEST_STEP:
        raise ThaiValueError(
            f"ขั้นตอนที่ {order} ยาว {len(text):,} ตัวอักษร เกินที่รับได้ ({LONGEST_STEP:,} ตัวอักษร) กรุณาแบ่งเป็นหลายบรรทัด"
        )
    same = arabic_digits(number).strip("()") == str(order)
    return StepLine("" if same else number, text)


def _line(order: int, step: StepLine) -> str:
    text = " ".join(step.text.split("\n"))
    if step.number:
        return f"{step.number} {text}" if step.number.startswith("(") else f"{step.number}. {text}"
    # A text that itself begins like a number would lose it on the way back.
    return f"{order}. {text}" if _NUMBER.match(text) else text


def _likely(
    stored: Sequence[str], typed: Sequence[str], free: list[int], found: list[int | None]
) -> list[tuple[float, int, int]]:
    """Every pair of what is left with how alike it is, the likeliest first."""
    olds = {old: _pairs_of_letters(stored[old]) for old in free}
    news = {i: _pairs_of_letters(typed[i]) for i, old in enumerate(found) if old is None}
    pairs = [
        (len(a & b) / max(1, len(a | b)), old, index) for old, a in olds.items() for index, b in news.items()
    ]
    return sorted(pairs, key=lambda p: (-p[0], p[1], p[2]))


def _pairs_of_letters(text: str) -> frozenset[str]:
    # The beginning is enough to tell steps apart, and bounds the work of 200 × 200 comparisons.
    part = text[:_COMPARED]
    return frozenset(part[i : i + 2] for i in range(len(part) - 1))

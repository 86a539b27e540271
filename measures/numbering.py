"""The numbers printed before groups, measures and steps: what the author typed, else what the order gives."""

from __future__ import annotations

from measures.thai import thai_digits


def group_number(order: int, typed: str = "", *, thai: bool = True) -> str:
    """Return the number of the ``order``-th group (from 1): "๒"."""
    return typed or _digits(str(order), thai)


def measure_number(order: int, typed: str = "", *, thai: bool = True) -> str:
    """Return the number of the ``order``-th measure (from 1) of its group: "๑.๒".

    Within every group the numbers start again at ๑.๑, as towns print them.
    """
    return typed or _digits(f"1.{order}", thai)


def step_number(order: int, typed: str = "", *, thai: bool = True) -> str:
    """Return the number of the ``order``-th step (from 1): "๑"."""
    return typed or _digits(str(order), thai)


def dotted(number: str) -> str:
    """A printed number with its point: "๑" → "๑.", "๑.๑" and "ก)" as they are, "" stays ""."""
    return f"{number}." if number and number.isdigit() else number


def _digits(number: str, thai: bool) -> str:
    return thai_digits(number) if thai else number

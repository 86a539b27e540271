"""Two versions of one measure, field by field, for the person who chooses between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from measures.dates import long_date
from measures.forms.measures import MeasureForm, stored_values
from measures.models import Measure
from measures.steps import StepLine, step_lines

_FIELDS = (
    "group", "number", "title", "steps", "lead", "supporting", "new_units", "units_printed", "due_text", "due",
    "indicator", "target", "budget",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One field whose stored lines (``theirs``) are not those typed (``yours``).

    Each line comes with whether it is to be marked: it stands on one side only, among others that stand on both.
    """

    label: str
    theirs: list[tuple[str, bool]]
    yours: list[tuple[str, bool]]


def differences(newer: Measure, form: MeasureForm) -> list[Difference]:
    """Compare what is stored now with a valid form."""
    stored = stored_values(newer)
    found = []
    for name in _FIELDS:
        theirs, yours = _words(form, name, stored.get(name)), _words(form, name, form.cleaned_data[name])
        if theirs != yours:
            label = str(form.fields[name].label)
            found.append(Difference(label, _marked(theirs, yours), _marked(yours, theirs)))
    return found


def _marked(words: str, others: str) -> list[tuple[str, bool]]:
    lines, there = words.split("\n"), set(others.split("\n"))
    return [(line, len(lines) > 1 and line not in there) for line in lines]


def _words(form: MeasureForm, name: str, value: Any) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if isinstance(value, date):
        return long_date(value)
    if name == "steps" and not isinstance(value, str):
        return step_lines(step for step in value if isinstance(step, StepLine))
    if name in ("group", "lead", "supporting"):
        chosen = [value] if name == "group" else value
        return _labels(form, name, {getattr(one, "pk", one) for one in chosen})
    return "\n".join(value) if isinstance(value, list) else str(value)


def _labels(form: MeasureForm, name: str, keys: set[int]) -> str:
    choices: Iterable[tuple[Any, Any]] = form.fields[name].choices  # type: ignore[attr-defined]
    return "\n".join(str(label) for key, label in choices if getattr(key, "value", key) in keys)

"""You come here to read nested lists of a plan file: texts, or entries with a marker and items. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from measures.bullets import Bullet, Bullets, bullet, format_lines
from measures.thai import thai_digits
from reports.importing.places import Place
from reports.importing.strict_json import Fields

MOST_BODY: Final = 20_000
"""The longest text of several lines, in characters."""


def bullets(place: Place) -> Bullets:
    """The entries of a list."""
    entries = tuple(_bullet(entry, "") for entry in place.items())
    fitting(place, entries, MOST_BODY)
    return entries


def fitting(place: Place, entries: Bullets, most: int) -> str:
    """The typed lines of ``entries``, if they fit."""
    lines = format_lines(entries)
    if len(lines) > most:
        place.wrong(f"รายการยาวรวม {len(lines):,} ตัวอักษร เกินที่รับได้ ({most:,} ตัวอักษร)")
    return lines


def _bullet(place: Place, marker: str, *, is_item: bool = False) -> Bullet:
    """One entry: text alone has the ``marker`` of its place; items have none of their own."""
    if not isinstance(place.value, Fields):
        return _entry(place, marker, ())
    record = place.record(["text"], ["marker"] if is_item else ["marker", "items"])
    if "marker" in record:
        marker = record["marker"].text(20)
    items = () if is_item else tuple(numbered(record["items"]))
    return _entry(record["text"], marker, items)


def numbered(place: Place) -> Iterator[Bullet]:
    """The items of a list, numbered by their place where they say nothing else."""
    for index, item in enumerate(place.items()):
        yield _bullet(item, f"{thai_digits(index + 1)}.", is_item=True)


def _entry(place: Place, marker: str, items: Bullets) -> Bullet:
    text = place.text(MOST_BODY, needed=True)
    # Without text the marker would become one; what is read then goes nowhere.
    return bullet(marker, text, items) if text else Bullet("", "…")

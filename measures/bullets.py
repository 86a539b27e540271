"""Nested lists as clerks type them: plain lines in, a small tree out, and the same lines back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from measures.thai import ThaiValueError, canonical, thai_digits


@dataclass(frozen=True)
class Bullet:
    """One entry: the marker as printed ("-", "๑.", or "" for a plain paragraph), its text, and entries below it."""

    marker: str
    text: str
    items: tuple[Bullet, ...] = ()


Bullets = tuple[Bullet, ...]

# A dash needs a space where a number follows ("-5 องศา" is no entry), and a number's point must not be a decimal
# point ("๑.๑ ข้อความ", "1.5 ล้าน") nor its digits a year ("2567 …").
_DASH: Final = re.compile(r"[-–—•●▪◦‣] +(?=\S)|[-–—](?=[^\s\d\-–—])|[•●▪◦‣](?=\S)")
_NUMBER: Final = re.compile(r"(\(\d{1,3}\)|\d{1,3}[.)])(?: +(?=\S)|(?=[^\s\d.)]))")
_INDENT: Final = "  "


def bullet(marker: str, text: str, items: Iterable[Bullet] = ()) -> Bullet:
    """Return an entry in the form in which it can be typed and read again, so that ``parse`` finds the same.

    A marker that is none is part of the text, and a marker at the beginning of a plain text is the marker.
    Items of items join the items; a plain item of a plain entry gets a dash. Raises ``ThaiValueError`` for an
    entry without text.
    """
    marker, text = _split(canonical(f"{marker} {text}"))
    if not text:
        raise ThaiValueError("รายการย่อยทุกรายการต้องมีข้อความ กรุณาเติมข้อความหรือลบรายการที่ว่าง")
    flat = [part for item in items for part in (Bullet(item.marker, item.text), *item.items)]
    # Without a marker on either line an indented line is just another paragraph.
    default = "" if marker else "-"
    return Bullet(marker, text, tuple(bullet(item.marker or default, item.text) for item in flat))


def parse(text: str) -> Bullets:
    """Return the entries typed in ``text``, one a line.

    "- …" and "๑. …" open an entry, and a line without a marker is one of its own. A line belongs to the entry
    above it where it is indented, or numbered right below a dash; a blank line ends that.
    """
    entries: list[tuple[Bullet, list[Bullet]]] = []
    after_blank = False
    for line in canonical(text, multiline=True).split("\n"):
        if not line:
            after_blank = True
            continue
        marker, words = _split(line.lstrip(" "))
        entry = Bullet(marker, words)
        if entries and _is_below(entries[-1][0].marker, marker, line.startswith(" "), after_blank):
            entries[-1][1].append(entry)
        else:
            entries.append((entry, []))
        after_blank = False
    return tuple(Bullet(top.marker, top.text, tuple(items)) for top, items in entries)


def format_lines(bullets: Bullets) -> str:
    """Return the lines from which ``parse`` reads ``bullets`` again, given entries made by ``bullet``."""
    lines: list[str] = []
    above = ""
    for top in bullets:
        if above == "-" and _is_numbered(top.marker):
            lines.append("")
        lines.append(_line(top))
        lines += [_INDENT + _line(item) for item in top.items]
        above = top.marker
    return "\n".join(lines)


def from_plain(data: Iterable[object]) -> Bullets:
    """Return the entries of imported JSON: ``{"marker", "text", "items"}`` or a string for a plain one.

    Items given as strings are numbered ๑. ๒. ๓. in order. Raises ``ThaiValueError`` where the form is another.
    """
    return tuple(_from_plain(entry, "") for entry in data)


def to_plain(bullets: Bullets) -> list[dict[str, object]]:
    """Return ``bullets`` as JSON data, the inverse of ``from_plain``."""
    return [_to_plain(entry) for entry in bullets]


def _split(line: str) -> tuple[str, str]:
    if match := _DASH.match(line):
        return "-", line[match.end() :]
    if match := _NUMBER.match(line):
        return match[1], line[match.end() :]
    return "", line


def _is_numbered(marker: str) -> bool:
    return marker not in ("", "-")


def _is_below(above: str, marker: str, indented: bool, after_blank: bool) -> bool:
    """Say whether a line is an item of the entry above; markers tell a list from paragraphs with an indent."""
    if indented:
        return bool(marker) or (bool(above) and not after_blank)
    return above == "-" and _is_numbered(marker) and not after_blank


def _line(entry: Bullet) -> str:
    return f"{entry.marker} {entry.text}" if entry.marker else entry.text


def _item_marker(index: int) -> str:
    return f"{thai_digits(index + 1)}."


def _from_plain(entry: object, marker: str) -> Bullet:
    if isinstance(entry, str):
        return bullet(marker, entry)
    if not isinstance(entry, Mapping):
        raise ThaiValueError(_WRONG_FORM)
    typed, text, items = entry.get("marker", marker), entry.get("text"), entry.get("items", [])
    if not (isinstance(typed, str) and isinstance(text, str) and isinstance(items, list | tuple)):
        raise ThaiValueError(_WRONG_FORM)
    return bullet(typed, text, [_from_plain(item, _item_marker(index)) for index, item in enumerate(items)])


_WRONG_FORM: Final = "อ่านรายการย่อยไม่ได้ แต่ละรายการต้องมี marker และ text กรุณาแก้ไขไฟล์นำเข้า"


def _to_plain(entry: Bullet) -> dict[str, object]:
    plain: dict[str, object] = {"marker": entry.marker, "text": entry.text}
    if entry.items:
        plain["items"] = [
            item.text if item.marker == _item_marker(index) else _to_plain(item)
            for index, item in enumerate(entry.items)
        ]
    return plain

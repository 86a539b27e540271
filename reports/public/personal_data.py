"""What looks like personal data in a text that is about to be public. Pure; it points, and a person decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from measures.thai import arabic_digits
from reports.content import Contact

_DIGITS = re.compile(r"(?<![0-9A-Za-z.,/])[0-9](?:[ \-–.]?[0-9]){8,18}(?![0-9A-Za-z])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_ID_LENGTH = 13
_ACCOUNT_LENGTHS = (10, 11, 12, 14, 15)


@dataclass(frozen=True)
class Finding:
    """A run of text, what it looks like, and the place where it stands."""

    kind: str
    text: str
    place: str


def findings(place: str, text: str, official: Contact | None = None) -> Iterator[Finding]:
    """What looks personal in ``text``; the town's own number and address are not."""
    given = official or Contact()
    ours = _only_digits(given.phone)
    for found in _EMAIL.finditer(text):
        if found[0].casefold() != given.email.casefold():
            yield Finding("อีเมล", found[0], place)
    for found in _DIGITS.finditer(arabic_digits(text)):
        number = _only_digits(found[0])
        if number == ours and ours:
            continue
        if kind := _kind(number, plain=number == found[0]):
            yield Finding(kind, text[found.start() : found.end()], place)


def is_thai_id(number: str) -> bool:
    """Whether 13 digits are a Thai identity number: the last is computed from the others."""
    if len(number) != _ID_LENGTH or number[0] == "0":
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, range(13, 1, -1), strict=False))
    return (11 - total % 11) % 10 == int(number[-1])


def _kind(number: str, *, plain: bool) -> str:
    if is_thai_id(number):
        return "เลขประจำตัวประชาชน"
    if re.fullmatch(r"0[689][0-9]{8}", number):
        return "หมายเลขโทรศัพท์มือถือ"
    if re.fullmatch(r"0[2-7][0-9]{7}", number):
        return "หมายเลขโทรศัพท์"
    if len(number) in _ACCOUNT_LENGTHS and (plain or number[0] != "2"):
        return "เลขที่คล้ายเลขบัญชี"
    return ""


def _only_digits(text: str) -> str:
    return re.sub(r"\D", "", arabic_digits(text))

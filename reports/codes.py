"""You come here for the code that stands on every page of a document that was presented: random, short, easily typed.

Ten letters of Crockford's base 32 (50 bits: not to be guessed) and two more that tell a mistyped one. Pure.
"""

from __future__ import annotations

import re
import secrets
from typing import Final

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 10
_CHECK: Final = 1021  # the largest prime below 32 × 32
_ALIKE: Final = str.maketrans("OIL๐๑๒๓๔๕๖๗๘๙", "0110123456789")


def new_code() -> str:
    """Twelve letters, e.g. "7K3M9QTX2HW4"."""
    body = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return body + _check(body)


def read_code(typed: str) -> str | None:
    """The code that somebody typed or scanned, however they spaced it; None where it cannot be one."""
    code = re.sub(r"[\s\-–—.]", "", typed).upper().translate(_ALIKE)
    if len(code) != _LENGTH + 2 or not set(code) <= set(_LETTERS):
        return None
    return code if code[_LENGTH:] == _check(code[:_LENGTH]) else None


def shown(code: str) -> str:
    """As printed: "7K3M-9QTX-2HW4"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _check(body: str) -> str:
    number = 0
    for letter in body:
        number = number * len(_LETTERS) + _LETTERS.index(letter)
    return _LETTERS[number % _CHECK // len(_LETTERS)] + _LETTERS[number % _CHECK % len(_LETTERS)]

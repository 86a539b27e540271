"""You come here for text that no spreadsheet takes for a formula and that no file format refuses. Pure."""

from __future__ import annotations

import re
from typing import Final

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Some programs pass over what nobody sees before the sign.
_STARTS_A_FORMULA: Final = re.compile(
    "[\\s\x00-\x1f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*[=+\\-@＝＋－＠﹢﹣﹦﹫]|[\t\r\n]"
)


def legal(text: str) -> str:
    """``text`` with what XML and UTF-8 cannot hold shown as U+FFFD, and every line end as "\\n"."""
    return _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet could compute a cell with this text instead of showing it."""
    return _STARTS_A_FORMULA.match(text) is not None


def inert(text: str) -> str:
    """``text`` for a CSV cell: one apostrophe before what could be a formula, and before an apostrophe.

    Whoever reads the file takes one apostrophe from the beginning of a cell and has the text again.

    >>> inert("=1+1"), inert("'quoted'"), inert("ข้อความ")
    ("'=1+1", "''quoted'", 'ข้อความ')
    """
    return f"'{text}" if text.startswith("'") or starts_a_formula(text) else text

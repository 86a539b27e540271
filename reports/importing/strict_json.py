"""You come here to read JSON without its surprises: doubled names, NaN, endless numbers and other encodings."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

MOST_BYTES: Final = 20_000_000
_LONGEST_INTEGER: Final = 15


class NotJson(ValueError):
    """The bytes are no JSON text; ``str(error)`` is a Thai sentence that says where."""


@dataclass(frozen=True)
class Odd:
    """A number that no field takes: with a decimal point, NaN, Infinity, or of too many digits."""

    spelling: str


class Fields(dict[str, Any]):
    """A JSON object that remembers which names were written twice."""

    doubled: tuple[str, ...] = ()


def loads(data: bytes) -> Any:
    """Return the JSON value in ``data``: objects as :class:`Fields`, odd numbers as :class:`Odd`.

    Raises :class:`NotJson` where it is too large, not UTF-8, nested too deeply, or no JSON.
    """
    if len(data) > MOST_BYTES:
        raise NotJson(f"ไฟล์มีขนาดเกิน {MOST_BYTES // 1_000_000} MB ซึ่งเป็นขนาดสูงสุดที่รับได้")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotJson(f"ไฟล์ไม่ได้เข้ารหัสแบบ UTF-8 (ไบต์ที่ {error.start + 1:,}) กรุณาบันทึกใหม่เป็น UTF-8") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise NotJson(f"ไฟล์มีอักขระ NUL ในบรรทัดที่ {line:,} กรุณาลบออก")
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_odd, parse_constant=Odd
        )
    except RecursionError:
        raise NotJson("ไฟล์ซ้อนลึกเกินไป กรุณาตรวจสอบวงเล็บปีกกาและวงเล็บเหลี่ยม") from None
    except json.JSONDecodeError as error:
        raise NotJson(
            f"อ่านเป็น JSON ไม่ได้ที่บรรทัด {error.lineno:,} ตัวที่ {error.colno:,} กรุณาตรวจสอบเครื่องหมายก่อนหน้าจุดนั้น"
        ) from None


def _object(pairs: list[tuple[str, Any]]) -> Fields:
    fields = Fields(pairs)
    if len(fields) < len(pairs):
        times = Counter(name for name, _ in pairs)
        fields.doubled = tuple(name for name in fields if times[name] > 1)
    return fields


def _integer(digits: str) -> int | Odd:
    # Python refuses to read an integer of thousands of digits, and no field takes more than a few.
    return int(digits) if len(digits) <= _LONGEST_INTEGER else _odd(digits)


def _odd(spelling: str) -> Odd:
    return Odd(spelling if len(spelling) <= 20 else f"{spelling[:20]}…")

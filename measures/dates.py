"""Dates as Thai officials type and read them: พ.ศ. or ค.ศ. in, a ``date`` inside, Thai words out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from measures.fiscal import BANGKOK, BUDDHIST_ERA, FIRST_YEAR, LAST_YEAR
from measures.thai import ThaiValueError, arabic_digits, canonical

MONTHS: Final = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT_MONTHS: Final = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)

Era = Literal["BE", "CE"]
FIRST_CE: Final = 1900
LAST_CE: Final = 2150
_LONGEST_DATE: Final = 60


@dataclass(frozen=True)
class ParsedDate:
    """A date that was understood; ``assumed`` where the century was not typed (69 read as 2569)."""

    value: date
    era: Era
    assumed: bool


_MONTH_OF: Final = {
    name: number
    for number, (long, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), 1)
    for name in (long, re.sub("(คม|ยน|พันธ์)$", "", long), short.replace(".", ""))
}
_PREFIX: Final = re.compile(r"^(?:ลง)?(?:วัน\S{0,12}?ที่|เมื่อ)? *")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2}) *([/.\- ]) *([0-9]{1,2}) *\2 *([0-9]+)")
_YEAR_FIRST: Final = re.compile(r"([0-9]{3,4})([/.\-])([0-9]{1,2})\2([0-9]{1,2})")
_IN_WORDS: Final = re.compile(r"([0-9]{1,2}) *(?:เดือน)? *([ก-๎.]+?)[ ,]*(?:ปี)? *([พค]\.? ?ศ\.?)? *([0-9]+)")


def parse_thai_date(text: str) -> ParsedDate:
    """Return the date typed in ``text``: 29/02/2567, ๒๙-๒-๒๕๖๗, 27 ธ.ค. 67, วันที่ 27 ธันวาคม พ.ศ. 2567, 2024-02-29.

    A year of 2400–2699 is พ.ศ. and one of 1900–2150 is ค.ศ.; two digits are a year of พ.ศ. 25xx. Whether there is
    a 29 February follows the common era. Raises ``ThaiValueError`` for all else.
    """
    day, month, typed_year, era_word = _read(text)
    year, era, assumed = _read_year(typed_year, era_word)
    if not 1 <= month <= 12:
        raise ThaiValueError(f"ไม่มีเดือนที่ {month} กรุณาพิมพ์วัน เดือน ปี ตามลำดับ เช่น 30/9/2569")
    try:
        value = date(year, month, day)
    except ValueError:
        shown = f"ค.ศ. {year}" if era == "CE" else f"{year + BUDDHIST_ERA}"
        raise ThaiValueError(
            f"วันที่ {day} {MONTHS[month - 1]} {shown} ไม่มีในปฏิทิน กรุณาตรวจสอบวัน เดือน ปี"
        ) from None
    return ParsedDate(value, era, assumed)


def read_year(text: str) -> int:
    """Return a year typed as 2570, ๒๕๗๐, พ.ศ. 2570, 70 or ค.ศ. 2027, in the Buddhist era."""
    typed = arabic_digits(canonical(text[:_LONGEST_DATE]))
    match = re.fullmatch(r"(?:ปีงบประมาณ|ปี)? *([พค]\.? ?ศ\.?)? *([0-9]+)", typed)
    if match is None or len(text) > _LONGEST_DATE:
        raise _unreadable_year(typed)
    return _read_year(match[2], match[1] or "")[0] + BUDDHIST_ERA


def explain(parsed: ParsedDate) -> str:
    """Return the sentence that tells what the system understood, shown before anything is saved."""
    day = parsed.value
    understood = _in_full(day)
    if parsed.era == "CE":
        return f"ท่านพิมพ์ปี {day.year} ระบบอ่านเป็นปี ค.ศ. และจะบันทึกเป็น {understood} หากไม่ถูกต้องกรุณาแก้ไข"
    if parsed.assumed:
        return f"ท่านพิมพ์ปี {_year(day) % 100:02} ระบบอ่านเป็น {understood} (ค.ศ. {day.year}) หากไม่ถูกต้องกรุณาแก้ไข"
    return f"ระบบอ่านเป็น {understood} (ค.ศ. {day.year})"


def reading(typed: str) -> str:
    """Return what ``typed`` is read as, in a sentence; nothing where it says so itself or cannot be read."""
    try:
        parsed = parse_thai_date(typed)
    except ThaiValueError:
        return ""
    return "" if canonical(typed) == long_date(parsed.value) else explain(parsed)


def guessed(typed: str) -> str:
    """Return the day in words where ``typed`` left the era or the century to be guessed; else nothing."""
    try:
        parsed = parse_thai_date(typed)
    except ThaiValueError:
        return ""
    return _in_full(parsed.value) if parsed.assumed or parsed.era == "CE" else ""


def long_date(d: date) -> str:
    """Return "27 ธันวาคม 2567"."""
    return f"{d.day} {month_year(d)}"


def short_date(d: date) -> str:
    """Return "27 ธ.ค. 67"."""
    return f"{d.day} {SHORT_MONTHS[d.month - 1]} {_year(d) % 100:02}"


def month_year(d: date) -> str:
    """Return "ธันวาคม 2567"."""
    return f"{MONTHS[d.month - 1]} {_year(d)}"


def time_label(moment: datetime) -> str:
    """Return the time in Bangkok, "14.05 น."; ``moment`` must be aware."""
    return f"{_in_bangkok(moment):%H.%M} น."


def moment_label(moment: datetime) -> str:
    """Return day and time in Bangkok, "27 ธันวาคม 2567 เวลา 14.05 น."; ``moment`` must be aware."""
    return f"{long_date(_in_bangkok(moment))} เวลา {time_label(moment)}"


def _read(text: str) -> tuple[int, int, str, str]:
    """Return day, month, the year's digits and the era's word."""
    if len(text) <= _LONGEST_DATE:
        typed = _PREFIX.sub("", arabic_digits(canonical(text)))
        if match := _YEAR_FIRST.fullmatch(typed):
            return int(match[4]), int(match[3]), match[1], ""
        if match := _DAY_FIRST.fullmatch(typed):
            return int(match[1]), int(match[3]), match[4], ""
        match = _IN_WORDS.fullmatch(typed)
        if match and (month := _MONTH_OF.get(match[2].replace(".", ""))):
            return int(match[1]), month, match[4], match[3] or ""
    raise ThaiValueError("อ่านวันที่ไม่ได้ กรุณาพิมพ์วัน เดือน ปี เช่น 30 กันยายน 2569 หรือ 30/9/2569")


def _read_year(digits: str, era_word: str) -> tuple[int, Era, bool]:
    """Return the year in the common era, the era it was typed in, and whether the century was assumed."""
    if len(digits) == 4:
        year = int(digits)
        if FIRST_YEAR <= year <= LAST_YEAR and not era_word.startswith("ค"):
            return year - BUDDHIST_ERA, "BE", False
        if FIRST_CE <= year <= LAST_CE and not era_word.startswith("พ"):
            return year, "CE", False
    if len(digits) == 2 and not era_word.startswith("ค"):
        return 2500 + int(digits) - BUDDHIST_ERA, "BE", True
    raise _unreadable_year(digits)


def _unreadable_year(typed: str) -> ThaiValueError:
    return ThaiValueError(f'อ่านปี "{typed[:20]}" ไม่ได้ กรุณาพิมพ์ปี พ.ศ. 4 หลัก เช่น 2569')


def _in_full(d: date) -> str:
    return f"วันที่ {d.day} {MONTHS[d.month - 1]} พ.ศ. {_year(d)}"


def _year(d: date) -> int:
    return d.year + BUDDHIST_ERA


def _in_bangkok(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a Thai time label needs an aware datetime; pass timezone.now(), not datetime.now()")
    return moment.astimezone(BANGKOK)

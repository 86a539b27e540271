"""You come here to read one value of a file at its path, noting every fault instead of stopping at the first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from measures.attachments import web_address
from measures.dates import MONTHS
from measures.fiscal import BUDDHIST_ERA, FIRST_YEAR, LAST_YEAR
from measures.thai import ThaiValueError, canonical, parse_decimal
from reports.importing.strict_json import Fields, Odd

_PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SHOWN: Final = 40
# Every day of every fiscal year that a plan can have.
_FIRST_YEAR: Final = FIRST_YEAR - BUDDHIST_ERA - 1
_LAST_YEAR: Final = LAST_YEAR - BUDDHIST_ERA


@dataclass(frozen=True)
class Problem:
    """What is wrong at one path of the file ("" for the file as a whole), as a Thai sentence."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path or 'ทั้งไฟล์'}: {self.sentence}"


class FileRefused(Exception):
    """A plan file that cannot be imported; ``problems`` names all that is wrong, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Absent:
    """Stands for a value that the file does not have."""


ABSENT: Final = Absent()


class Place:
    """A value of the file and its path. Each reading returns an empty value where it notes a problem.

    An absent value reads as empty without a problem: whether it may be absent was settled by :meth:`record`.
    """

    def __init__(self, value: Any, path: str, problems: list[Problem]) -> None:
        self.value = value
        self.path = path
        self.problems = problems

    def wrong(self, sentence: str) -> None:
        """Note a problem here."""
        self.problems.append(Problem(self.path, sentence))

    @property
    def is_absent(self) -> bool:
        return isinstance(self.value, Absent)

    @property
    def is_nothing(self) -> bool:
        """Absent or null."""
        return self.is_absent or self.value is None

    def record(self, needed: Sequence[str], optional: Sequence[str] = ()) -> Record:
        """The fields of an object; notes missing, unknown and doubled ones."""
        fields = self.value if isinstance(self.value, Fields) else Fields()
        if not self.is_absent and not isinstance(self.value, Fields):
            self._mistyped("กลุ่มข้อมูลในวงเล็บปีกกา { }")
            return Record(self, fields)
        for name in fields:
            if name not in needed and name not in optional:
                self._below(name).wrong("ไม่มีช่องชื่อนี้ในรูปแบบไฟล์" + _meant(name, (*needed, *optional)))
        for name in fields.doubled:
            self._below(name).wrong("มีช่องนี้มากกว่าหนึ่งครั้ง กรุณาเหลือไว้ครั้งเดียว")
        if not self.is_absent:
            for name in needed:
                if name not in fields:
                    self._below(name).wrong("ขาดช่องนี้")
        return Record(self, fields)

    def items(self, most: int = 10_000) -> list[Place]:
        """The places of a list."""
        if self.is_absent:
            return []
        if not isinstance(self.value, list):
            self._mistyped("รายการในวงเล็บเหลี่ยม [ ]")
            return []
        if len(self.value) > most:
            self.wrong(f"มี {len(self.value):,} รายการ เกินที่รับได้ ({most:,} รายการ)")
            return []
        return [
            Place(value, f"{self.path}[{index}]", self.problems) for index, value in enumerate(self.value)
        ]

    def text(self, most: int, *, needed: bool = False, multiline: bool = False) -> str:
        """Canonical text of at most ``most`` code points; ``needed`` text may not be empty."""
        if self.is_absent:
            return ""
        if not isinstance(self.value, str):
            self._mistyped("ข้อความ")
            return ""
        if "\0" in self.value:
            self.wrong("มีอักขระ NUL กรุณาลบออก")
            return ""
        text = canonical(self.value, multiline=multiline)
        if len(text) > most:
            self.wrong(f"ข้อความยาว {len(text):,} ตัวอักษร เกินที่รับได้ ({most:,} ตัวอักษร)")
            return ""
        if needed and not text:
            self.wrong("ต้องมีข้อความ")
        return text

    def address(self, most: int, *, needed: bool = False) -> str:
        """An http or https address."""
        text = self.text(most, needed=needed)
        try:
            return web_address(text) if text else ""
        except ThaiValueError as error:
            self.wrong(str(error))
            return ""

    def word(self, allowed: Sequence[str], default: str = "") -> str:
        """One of a closed list of words."""
        if self.is_absent:
            return default
        if not isinstance(self.value, str) or self.value not in allowed:
            self.wrong(f"ต้องเป็นคำใดคำหนึ่งใน {', '.join(_quoted(word) for word in allowed)} {self._found()}")
            return default
        return self.value

    def whole(self, least: int, most: int) -> int:
        """A whole number from ``least`` to ``most``, else ``least``."""
        if self.is_absent:
            return least
        if type(self.value) is not int or not least <= self.value <= most:
            self.wrong(f"ต้องเป็นจำนวนเต็มตั้งแต่ {least} ถึง {most} {self._found()}")
            return least
        return self.value

    def flag(self, *, default: bool) -> bool:
        """True or false."""
        if self.is_absent:
            return default
        if not isinstance(self.value, bool):
            self._mistyped("true หรือ false")
            return default
        return self.value

    def score(self) -> Decimal | None:
        """A score from 0 to 100 in quotes, "99.76", or null."""
        return self.amount(Decimal(100), "99.76")

    def amount(self, most: Decimal, example: str = "20000.00") -> Decimal | None:
        """A number from 0 to ``most`` in quotes, with at most two decimals, or null."""
        if self.is_nothing:
            return None
        if not isinstance(self.value, str):
            self._mistyped(f'ตัวเลขในเครื่องหมายคำพูด เช่น "{example}"')
            return None
        try:
            return parse_decimal(self.value, places=2, maximum=most)
        except ThaiValueError as error:
            self.wrong(str(error))
            return None

    def day(self) -> date | None:
        """A day of the common era, "2024-09-30"; None where it is null, absent or wrong."""
        if self.is_nothing:
            return None
        match = _DAY.fullmatch(self.value) if isinstance(self.value, str) else None
        if match is None:
            self._mistyped('วันที่แบบ ค.ศ. "ปี-เดือน-วัน" เช่น "2024-09-30"')
            return None
        year, month, day = (int(part) for part in match.groups())
        if FIRST_YEAR <= year <= LAST_YEAR:
            meant = f"{year - BUDDHIST_ERA}-{match[2]}-{match[3]}"
            self.wrong(f'ปี {year} เป็น พ.ศ. ช่องนี้ใช้ปี ค.ศ. หากหมายถึง พ.ศ. {year} ให้เขียน "{meant}"')
            return None
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            self.wrong(f"ปี {match[1]} อยู่นอกช่วงที่รับได้ ({_FIRST_YEAR} ถึง {_LAST_YEAR})")
            return None
        if not 1 <= month <= 12:
            self.wrong(f"ไม่มีเดือนที่ {month}")
            return None
        try:
            return date(year, month, day)
        except ValueError:
            self.wrong(f"วันที่ {day} {MONTHS[month - 1]} {year + BUDDHIST_ERA} ไม่มีในปฏิทิน")
            return None

    def needed_day(self) -> date:
        """A day that may not be null; an arbitrary one where it is."""
        if self.value is None:
            self._mistyped('วันที่แบบ ค.ศ. "ปี-เดือน-วัน"')
        return self.day() or date(2000, 1, 1)

    def _below(self, name: str) -> Place:
        if not _PLAIN_NAME.fullmatch(name):
            return Place(None, f"{self.path}[{_quoted(name)}]", self.problems)
        return Place(None, f"{self.path}.{name}" if self.path else name, self.problems)

    def _mistyped(self, wanted: str) -> None:
        self.wrong(f"ต้องเป็น{wanted} {self._found()}")

    def _found(self) -> str:
        return f"แต่ในไฟล์เป็น {_shown(self.value)}"


class Record:
    """The fields of an object by their names."""

    def __init__(self, place: Place, fields: Fields) -> None:
        self._place = place
        self._fields = fields

    def __getitem__(self, name: str) -> Place:
        below = self._place._below(name)
        return Place(self._fields.get(name, ABSENT), below.path, below.problems)

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)


def check_once(place: Place, value: int | str, seen: set[Any], sentence: str) -> None:
    """Note ``sentence`` where ``value``, as it was read, was seen before, and remember it."""
    if not place.is_absent and value in seen:
        place.wrong(sentence)
    seen.add(value)


def _meant(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name[:60], known, 1, 0.7)
    return f" หมายถึง {_quoted(close[0])} หรือไม่" if close else ""


def _quoted(text: str) -> str:
    shortened = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return json.dumps("".join(c for c in shortened if c.isprintable() or c == "\n"), ensure_ascii=False)


def _shown(value: object) -> str:
    """A value as a sentence can name it."""
    if isinstance(value, Odd):
        return value.spelling
    if isinstance(value, str):
        return f"ข้อความ {_quoted(value)}"
    if isinstance(value, list):
        return "รายการ [ ]"
    if isinstance(value, dict):
        return "กลุ่มข้อมูล { }"
    return json.dumps(value)

"""You come here to read the table of a plan file: periods, groups, measures, steps and units. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from measures.choices import PeriodKind, Responsibility
from reports.importing.places import Place, check_once
from reports.importing.plan_file import GroupPart, MeasurePart, PeriodPart, StepPart, UnitPart
from reports.importing.results import OUTCOME, outcome, quarters
from reports.importing.strict_json import Fields

_LARGEST_BUDGET: Final = Decimal("999999999999.99")
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_DIVISIONS: Final = ("กอง", "สำนัก", "ฝ่าย", "ส่วน")


def split_unit(full_name: str) -> tuple[str, str]:
    """Section and division of a unit's printed name, "" where its last word is no division.

    >>> split_unit("งานพัสดุและทรัพย์สิน กองคลัง")
    ('งานพัสดุและทรัพย์สิน', 'กองคลัง')
    """
    name, _, last = full_name.rpartition(" ")
    is_division = last.startswith(_DIVISIONS) and last not in _DIVISIONS and not last.startswith("กองทุน")
    return (name, last) if name and is_division else (full_name, "")


def periods(place: Place) -> tuple[PeriodPart, ...] | None:
    """The reporting periods; None where the file leaves them out."""
    if place.is_nothing:
        return None
    found = []
    seen: set[int] = set()
    for item in place.items(100):
        record = item.record(["number", "name_th", "starts", "ends", "opens", "closes"], ["kind"])
        period = PeriodPart(
            number=record["number"].whole(1, 100),
            kind=record["kind"].word(PeriodKind.values, PeriodKind.QUARTER),
            name=record["name_th"].text(100, needed=True),
            starts=record["starts"].needed_day(),
            ends=record["ends"].needed_day(),
            opens=record["opens"].needed_day(),
            closes=record["closes"].needed_day(),
        )
        check_once(record["number"], period.number, seen, "งวดนี้มีแล้วในรายการ")
        for first, last in (("starts", "ends"), ("opens", "closes")):
            if record[last].day() and record[first].day() and record[last].value < record[first].value:
                record[last].wrong(f"ต้องไม่ก่อนวันที่ในช่อง {first}")
        found.append(period)
    return tuple(found)


def groups(place: Place) -> tuple[GroupPart, ...]:
    """The groups with their measures."""
    found, keys = [], set[str]()
    measure_keys: set[str] = set()
    for item in place.items():
        record = item.record(["title_th", "measures"], ["key", "printed_number"])
        found.append(
            GroupPart(
                path=item.path,
                key=_key(record["key"], keys),
                number=record["printed_number"].text(20),
                title=record["title_th"].text(500),
                measures=tuple(_measure(measure, measure_keys) for measure in record["measures"].items()),
            )
        )
    return tuple(found)


def _measure(place: Place, keys: set[str]) -> MeasurePart:
    record = place.record(
        ["title_th"],
        [
            "key", "printed_number", "steps_th", "units_th", "units_printed_th", "due_th", "due", "indicator_th",
            "target_th", "budget", *OUTCOME, "quarters",
        ],
    )  # fmt: skip
    steps = tuple(_step(step) for step in record["steps_th"].items(1000))
    return MeasurePart(
        path=place.path,
        key=_key(record["key"], keys),
        number=record["printed_number"].text(20),
        title=record["title_th"].text(1000, needed=True),
        steps=steps,
        units=_units(record["units_th"]),
        units_printed=record["units_printed_th"].text(500),
        due_text=record["due_th"].text(500),
        due=record["due"].day(),
        indicator=record["indicator_th"].text(2000, multiline=True),
        target=record["target_th"].text(500),
        budget=record["budget"].amount(_LARGEST_BUDGET),
        outcome=outcome(record),
        quarters=quarters(record["quarters"], len(steps)),
    )


def _key(place: Place, seen: set[str]) -> str | None:
    if place.is_absent:
        return None
    key = place.text(40, needed=True)
    if key and not _KEY.fullmatch(key):
        place.wrong("ใช้ตัวอักษรอังกฤษ ตัวเลข จุด และขีด ไม่เกิน 40 ตัว")
    check_once(place, key, seen, "มี key นี้แล้วในไฟล์")
    return key


def _step(place: Place) -> StepPart:
    if not isinstance(place.value, Fields):
        return StepPart("", place.text(5000, needed=True))
    record = place.record(["printed_number", "text_th"])
    return StepPart(record["printed_number"].text(20), record["text_th"].text(5000, needed=True))


def _units(place: Place) -> tuple[UnitPart, ...]:
    units = []
    seen: set[str] = set()
    for item in place.items(200):
        if not isinstance(item.value, Fields):
            name, kind = item, Responsibility.LEAD.value
        else:
            record = item.record(["name_th", "kind"])
            name, kind = record["name_th"], record["kind"].word(Responsibility.values, Responsibility.LEAD)
        full_name = " ".join(name.text(401, needed=True).split())
        if max(map(len, split_unit(full_name))) > 200:
            name.wrong("ชื่อส่วนราชการแต่ละระดับยาวได้ไม่เกิน 200 ตัวอักษร")
        check_once(name, full_name, seen, "ส่วนราชการนี้มีแล้วในมาตรการเดียวกัน")
        units.append(UnitPart(full_name, kind))
    return tuple(units)

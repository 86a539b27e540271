"""You come here to understand a plan file: data in, a checked ``PlanFile`` out, or all that is wrong at once."""

from __future__ import annotations

import re
from typing import Final

from measures.choices import RESERVED_SLUGS, TopMargin
from measures.fiscal import BUDDHIST_ERA, FIRST_YEAR, LAST_YEAR
from reports.importing import strict_json
from reports.importing.memorandum import SCORES, memorandum, scores
from reports.importing.places import FileRefused, Place, Problem, Record
from reports.importing.plan_file import AgencyPart, PlanFile
from reports.importing.table import groups, periods

SLUG: Final = re.compile(r"[a-z][a-z0-9-]{1,48}[a-z0-9]")
_EMAIL: Final = re.compile(r"[^\s@]{1,64}@[^\s@]+\.[^\s@]+")

AGENCY_TEXTS: Final = {
    "name_th": ("name", 200),
    "name_en": ("name_en", 200),
    "province_th": ("province", 100),
    "document_code": ("document_code", 50),
    "executive_title_th": ("executive_title", 200),
    "address_th": ("address", 500),
    "phone": ("phone", 100),
    "complaint_channel_th": ("complaint_channel", 500),
}
"""Name in the file → attribute of the agency and its longest text."""
AGENCY_ADDRESSES: Final = {"website": "website", "complaint_url": "complaint_url"}
_OF_PAPER: Final = ("thai_digits", "memo_top_mm")
TITLES: Final = ("title_th", "subtitle_th", "columns_th")


def read_plan_file(data: bytes) -> PlanFile:
    """Return what the file says. Raises :class:`FileRefused` with every problem found."""
    problems: list[Problem] = []
    try:
        top = Place(strict_json.loads(data), "", problems)
    except strict_json.NotJson as error:
        raise FileRefused([Problem("", str(error))]) from None
    plan = _plan(top.record(["agency", "fiscal_year_be", "table"], ["memorandum", "periods", *SCORES]))
    if problems:
        raise FileRefused(problems)
    return plan


def slug_problem(slug: str) -> str:
    """What is wrong with an agency's slug, "" where nothing is."""
    if not SLUG.fullmatch(slug):
        return "ใช้ตัวอักษรอังกฤษพิมพ์เล็ก ตัวเลข และขีดกลาง 3-50 ตัว ขึ้นต้นด้วยตัวอักษร"
    return f'"{slug}" เป็นที่อยู่ของระบบเอง กรุณาใช้ชื่ออื่น' if slug in RESERVED_SLUGS else ""


def _plan(top: Record) -> PlanFile:
    agency = _agency(top["agency"])
    year = _fiscal_year(top["fiscal_year_be"])
    has_memorandum = "memorandum" in top and top["memorandum"].value is not None
    needed = ["groups", *(TITLES if has_memorandum else ())]
    table = top["table"].record(needed, () if has_memorandum else TITLES)
    if not has_memorandum:
        for name in TITLES:
            if name in table:
                table[name].wrong("ช่องนี้เป็นของรายงาน ใช้ได้เมื่อไฟล์มี memorandum")
    memo, named = None, scores(top)
    if has_memorandum:
        for name in named:
            top[name].wrong("เมื่อไฟล์มี memorandum ให้เขียนช่องนี้ใน memorandum")
        memo, named = memorandum(top["memorandum"], table, year)
    return PlanFile(
        agency=agency,
        fiscal_year=year,
        scores=named,
        memorandum=memo,
        periods=periods(top["periods"]),
        groups=groups(table["groups"]),
    )


def _fiscal_year(place: Place) -> int:
    if type(place.value) is int and place.value + BUDDHIST_ERA in range(FIRST_YEAR, LAST_YEAR):
        place.wrong(f"ปี {place.value} เป็น ค.ศ. ช่องนี้ใช้ปีงบประมาณ พ.ศ. เช่น {place.value + BUDDHIST_ERA}")
        return FIRST_YEAR
    return place.whole(FIRST_YEAR, LAST_YEAR)


def _agency(place: Place) -> AgencyPart:
    record = place.record(["name_th"], ["slug", *AGENCY_TEXTS, *AGENCY_ADDRESSES, "email", *_OF_PAPER])
    slug = None
    if "slug" in record:
        slug = record["slug"].text(50, needed=True)
        if slug and (problem := slug_problem(slug)):
            record["slug"].wrong(problem)
    fields: dict[str, str | bool | int] = {}
    for name, (attribute, most) in AGENCY_TEXTS.items():
        if name in record:
            fields[attribute] = record[name].text(most, needed=name == "name_th")
    for name, attribute in AGENCY_ADDRESSES.items():
        if name in record:
            fields[attribute] = record[name].address(500)
    if "email" in record:
        fields["email"] = email = record["email"].text(254)
        if email and not _EMAIL.fullmatch(email):
            record["email"].wrong("ต้องเป็นที่อยู่อีเมล เช่น saraban@tuayang.example")
    return AgencyPart(slug, fields | _paper(record))


def _paper(record: Record) -> dict[str, str | bool | int]:
    """How the agency prints its documents."""
    fields: dict[str, str | bool | int] = {}
    if "thai_digits" in record:
        fields["thai_digits"] = record["thai_digits"].flag(default=True)
    if "memo_top_mm" in record:
        fields["top_mm"] = _top(record["memo_top_mm"])
    return fields


def _top(place: Place) -> int:
    top = place.whole(min(TopMargin.values), max(TopMargin.values))
    if top not in TopMargin.values:
        place.wrong(f"ต้องเป็น {' หรือ '.join(map(str, TopMargin.values))} มิลลิเมตร")
    return top

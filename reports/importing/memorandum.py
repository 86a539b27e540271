"""You come here to read the memorandum of a plan file: its fields, sections and chain. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from measures.dates import parse_thai_date
from measures.fiscal import FIRST_YEAR, LAST_YEAR
from measures.thai import ThaiValueError
from reports.columns import MOST, SOURCES, stored
from reports.content import FIVE, MOST_SECTIONS, Column
from reports.importing.lists import MOST_BODY, fitting, numbered
from reports.importing.places import Place, Record, check_once
from reports.importing.plan_file import LinkPart, MemorandumPart, SectionPart
from reports.importing.strict_json import Fields

MEMORANDUM_TEXTS: Final = {
    "section_th": ("section", 300),
    "number_th": ("number", 100),
    "subject_th": ("subject", 500),
    "to_th": ("addressee", 200),
    "closing_th": ("closing", 300),
}
SCORES: Final = ("ita_score", "ita_target")


def memorandum(place: Place, table: Record, year: int) -> tuple[MemorandumPart, dict[str, Decimal | None]]:
    """The memorandum with the titles of its table, and the scores it names."""
    record = place.record(
        [*MEMORANDUM_TEXTS, "date", "sections", "chain"],
        ["date_th", "refers_to", "next_fiscal_year_be", *SCORES],
    )
    fields: dict[str, Any] = {
        attribute: record[name].text(most) for name, (attribute, most) in MEMORANDUM_TEXTS.items()
    }
    fields["date"] = record["date"].day()
    _check_derived(record, year)
    fields |= _reference(record["refers_to"])
    fields |= {
        "table_title": table["title_th"].text(500),
        "table_subtitle": table["subtitle_th"].text(300),
        "columns": _columns(table["columns_th"]),
    }
    sections = tuple(_section(section) for section in record["sections"].items(MOST_SECTIONS))
    return MemorandumPart(fields, sections, _chain(record["chain"])), scores(record)


def _check_derived(record: Record, year: int) -> None:
    """``date_th`` and ``next_fiscal_year_be`` repeat what other fields say, and may not say otherwise."""
    day, words = record["date"].value, record["date_th"]
    if "date_th" in record and (typed := words.text(60)):
        try:
            if parse_thai_date(typed).value.isoformat() != day:
                words.wrong("ไม่ตรงกับวันที่ในช่อง date")
        except ThaiValueError as error:
            words.wrong(str(error))
    following = record["next_fiscal_year_be"]
    if "next_fiscal_year_be" in record and following.whole(FIRST_YEAR, LAST_YEAR + 1) != year + 1:
        following.wrong("ต้องเป็นปีถัดจาก fiscal_year_be")


def _reference(place: Place) -> dict[str, Any]:
    if place.is_nothing:
        return {"refers_number": "", "refers_date": None, "refers_subject": ""}
    record = place.record(["number_th", "date", "subject_th"])
    return {
        "refers_number": record["number_th"].text(100),
        "refers_date": record["date"].day(),
        "refers_subject": record["subject_th"].text(500),
    }


def _columns(place: Place) -> list[dict[str, str]]:
    """The usual five by their headings alone, or any by what stands in them."""
    items = place.items(MOST)
    if items and all(isinstance(item.value, Fields) for item in items):
        seen: set[str] = set()
        return stored(_column(item, seen) for item in items)
    headings = [item.text(100, needed=True) for item in items]
    if isinstance(place.value, list) and len(headings) != len(FIVE):
        place.wrong(f"ต้องมี 5 หัวคอลัมน์ แต่ในไฟล์มี {len(headings)} หากเป็นคอลัมน์อื่น ให้ระบุ source และ heading_th")
    return stored(Column(source, heading) for source, heading in zip(FIVE, headings, strict=False))


def _column(place: Place, seen: set[str]) -> Column:
    record = place.record(["source"], ["heading_th"])
    source = record["source"].word(SOURCES, FIVE[0])
    check_once(record["source"], source, seen, "คอลัมน์นี้มีแล้วในตาราง")
    return Column(source, record["heading_th"].text(100))


def _section(place: Place) -> SectionPart:
    record = place.record(["number_th", "title_th", "body_th"], ["items_th"])
    items = tuple(numbered(record["items_th"]))
    return SectionPart(
        number=record["number_th"].text(20),
        title=record["title_th"].text(200),
        body=record["body_th"].text(MOST_BODY, multiline=True),
        items=fitting(record["items_th"], items, 10_000),
    )


def _chain(place: Place) -> tuple[LinkPart, ...]:
    links, titles = [], []
    places = place.items(50)
    for index, item in enumerate(places):
        record = item.record(["position_th"], ["addressed_to_th", "endorsement_th", "role"])
        title = record["position_th"].text(200, needed=True)
        if title and title in titles:
            record["position_th"].wrong("ตำแหน่งนี้อยู่ในลำดับการลงนามแล้ว")
        titles.append(title)
        _check_role(record["role"], index, len(places))
        links.append(LinkPart(title, record["addressed_to_th"].text(200), record["endorsement_th"].text(500)))
    return tuple(links)


def _check_role(place: Place, index: int, count: int) -> None:
    role = place.word(["author", "final"])
    if role == "author" and index != 0:
        place.wrong("author คือผู้จัดทำ ต้องเป็นลำดับแรก")
    if role == "final" and index != count - 1:
        place.wrong("final คือผู้ลงนามคนสุดท้าย ต้องเป็นลำดับสุดท้าย")


def scores(record: Record) -> dict[str, Decimal | None]:
    """The scores that a record names."""
    return {name: record[name].score() for name in SCORES if name in record}

"""You come here to understand a plan file: data in, a checked ``PlanFile`` out, or all that is wrong at once."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from measures.bullets import Bullet, Bullets, bullet, format_lines
from measures.choices import RESERVED_SLUGS, PeriodKind, Progress, Responsibility, Workflow
from measures.dates import parse_thai_date
from measures.fiscal import BUDDHIST_ERA, FIRST_YEAR, LAST_YEAR
from measures.thai import ThaiValueError, thai_digits
from reports.importing import strict_json
from reports.importing.places import Place, Problem, Record
from reports.importing.plan_file import (
    AgencyPart,
    EvidencePart,
    GroupPart,
    LinkPart,
    MeasurePart,
    MemorandumPart,
    PeriodPart,
    PlanFile,
    QuarterPart,
    SectionPart,
    StepPart,
    UnitPart,
)
from reports.importing.strict_json import Fields

SLUG: Final = re.compile(r"[a-z][a-z0-9-]{1,48}[a-z0-9]")
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_EMAIL: Final = re.compile(r"[^\s@]{1,64}@[^\s@]+\.[^\s@]+")
_DIVISIONS: Final = ("กอง", "สำนัก", "ฝ่าย", "ส่วน")
_MOST_BODY: Final = 20_000

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
MEMORANDUM_TEXTS: Final = {
    "section_th": ("section", 300),
    "number_th": ("number", 100),
    "subject_th": ("subject", 500),
    "to_th": ("addressee", 200),
    "closing_th": ("closing", 300),
}
SCORES: Final = ("ita_score", "ita_target")
TITLES: Final = ("title_th", "subtitle_th", "columns_th")


class FileRefused(Exception):
    """A plan file that cannot be imported; ``problems`` names all that is wrong, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


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


def split_unit(full_name: str) -> tuple[str, str]:
    """Section and division of a unit's printed name, "" where its last word is no division.

    >>> split_unit("งานพัสดุและทรัพย์สิน กองคลัง")
    ('งานพัสดุและทรัพย์สิน', 'กองคลัง')
    """
    name, _, last = full_name.rpartition(" ")
    is_division = last.startswith(_DIVISIONS) and last not in _DIVISIONS and not last.startswith("กองทุน")
    return (name, last) if name and is_division else (full_name, "")


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
    memorandum, scores = None, _scores(top)
    if has_memorandum:
        for name in scores:
            top[name].wrong("เมื่อไฟล์มี memorandum ให้เขียนช่องนี้ใน memorandum")
        memorandum, scores = _memorandum(top["memorandum"], table, year)
    return PlanFile(
        agency=agency,
        fiscal_year=year,
        scores=scores,
        memorandum=memorandum,
        periods=_periods(top["periods"]),
        groups=_groups(table["groups"]),
    )


def _fiscal_year(place: Place) -> int:
    if type(place.value) is int and place.value + BUDDHIST_ERA in range(FIRST_YEAR, LAST_YEAR):
        place.wrong(f"ปี {place.value} เป็น ค.ศ. ช่องนี้ใช้ปีงบประมาณ พ.ศ. เช่น {place.value + BUDDHIST_ERA}")
        return FIRST_YEAR
    return place.whole(FIRST_YEAR, LAST_YEAR)


def _agency(place: Place) -> AgencyPart:
    record = place.record(["name_th"], ["slug", *AGENCY_TEXTS, *AGENCY_ADDRESSES, "email", "thai_digits"])
    slug = None
    if "slug" in record:
        slug = record["slug"].text(50, needed=True)
        if slug and (problem := slug_problem(slug)):
            record["slug"].wrong(problem)
    fields: dict[str, str | bool] = {}
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
    if "thai_digits" in record:
        fields["thai_digits"] = record["thai_digits"].flag(default=True)
    return AgencyPart(slug, fields)


def _scores(record: Record) -> dict[str, Decimal | None]:
    return {name: record[name].score() for name in SCORES if name in record}


# --- the memorandum ---------------------------------------------------------------------------------------------


def _memorandum(place: Place, table: Record, year: int) -> tuple[MemorandumPart, dict[str, Decimal | None]]:
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
    sections = tuple(_section(section) for section in record["sections"].items(50))
    return MemorandumPart(fields, sections, _chain(record["chain"])), _scores(record)


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


def _columns(place: Place) -> list[str]:
    columns = [column.text(100, needed=True) for column in place.items()]
    if isinstance(place.value, list) and len(columns) != 5:
        place.wrong(f"ต้องมี 5 หัวคอลัมน์ แต่ในไฟล์มี {len(columns)}")
    return columns


def _section(place: Place) -> SectionPart:
    record = place.record(["number_th", "title_th", "body_th"], ["items_th"])
    items = tuple(_numbered(record["items_th"]))
    return SectionPart(
        number=record["number_th"].text(20),
        title=record["title_th"].text(200),
        body=record["body_th"].text(_MOST_BODY, multiline=True),
        items=_fitting(record["items_th"], items, 10_000),
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


# --- the table --------------------------------------------------------------------------------------------------


def _periods(place: Place) -> tuple[PeriodPart, ...] | None:
    if place.is_nothing:
        return None
    periods = []
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
        _check_once(record["number"], period.number, seen, "งวดนี้มีแล้วในรายการ")
        for first, last in (("starts", "ends"), ("opens", "closes")):
            if record[last].day() and record[first].day() and record[last].value < record[first].value:
                record[last].wrong(f"ต้องไม่ก่อนวันที่ในช่อง {first}")
        periods.append(period)
    return tuple(periods)


def _groups(place: Place) -> tuple[GroupPart, ...]:
    groups, keys = [], set[str]()
    measure_keys: set[str] = set()
    for item in place.items():
        record = item.record(["title_th", "measures"], ["key", "printed_number"])
        groups.append(
            GroupPart(
                path=item.path,
                key=_key(record["key"], keys),
                number=record["printed_number"].text(20),
                title=record["title_th"].text(500),
                measures=tuple(_measure(measure, measure_keys) for measure in record["measures"].items()),
            )
        )
    return tuple(groups)


def _measure(place: Place, keys: set[str]) -> MeasurePart:
    record = place.record(
        ["title_th", "steps_th", "units_th", "due_th", "due", "results_th"],
        ["key", "printed_number", "units_printed_th", "progress", "quarters"],
    )
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
        progress=_progress(record["progress"]),
        results=_bullets(record["results_th"]),
        quarters=_quarters(record["quarters"], len(steps)),
    )


def _key(place: Place, seen: set[str]) -> str | None:
    if place.is_absent:
        return None
    key = place.text(40, needed=True)
    if key and not _KEY.fullmatch(key):
        place.wrong("ใช้ตัวอักษรอังกฤษ ตัวเลข จุด และขีด ไม่เกิน 40 ตัว")
    _check_once(place, key, seen, "มี key นี้แล้วในไฟล์")
    return key


def _check_once(place: Place, value: Hashable, seen: set[Any], sentence: str) -> None:
    if not place.is_absent and value in seen:
        place.wrong(sentence)
    seen.add(value)


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
        _check_once(name, full_name, seen, "ส่วนราชการนี้มีแล้วในมาตรการเดียวกัน")
        units.append(UnitPart(full_name, kind))
    return tuple(units)


def _progress(place: Place) -> str:
    return place.word(["", *Progress.values])


def _quarters(place: Place, steps: int) -> tuple[QuarterPart, ...]:
    quarters = []
    seen: set[int] = set()
    for item in place.items(100):
        record = item.record(
            ["number"],
            [
                "state", "progress", "percent", "nothing_done", "nil_reason", "return_reason", "results_th",
                "steps_done", "evidence",
            ],
        )  # fmt: skip
        quarter = QuarterPart(
            number=record["number"].whole(1, 100),
            state=Workflow(record["state"].word(_STATES, Workflow.ACCEPTED)),
            progress=_progress(record["progress"]),
            percent=None if record["percent"].is_nothing else record["percent"].whole(0, 100),
            nothing_done=record["nothing_done"].flag(default=False),
            nil_reason=record["nil_reason"].text(500, multiline=True),
            return_reason=record["return_reason"].text(1000, multiline=True),
            results=_bullets(record["results_th"]),
            steps_done=_steps_done(record["steps_done"], steps),
            evidence=_evidence(record["evidence"]),
        )
        _check_once(record["number"], quarter.number, seen, "งวดนี้มีแล้วในมาตรการเดียวกัน")
        _check_quarter(record, quarter)
        quarters.append(quarter)
    return tuple(quarters)


_STATES: Final[Sequence[str]] = [state.value for state in Workflow if state is not Workflow.NOT_STARTED]


def _check_quarter(record: Record, quarter: QuarterPart) -> None:
    """What the database holds true of a result, said before it has to."""
    if quarter.percent is not None:
        fixed = {Progress.DONE.value: 100, Progress.NOT_STARTED.value: 0}.get(quarter.progress)
        if fixed is not None and quarter.percent != fixed:
            record["percent"].wrong(f'เมื่อ progress เป็น "{quarter.progress}" ต้องเป็น {fixed} หรือ null')
    if quarter.state is Workflow.DRAFT:
        return
    if quarter.nothing_done and not quarter.nil_reason:
        record["nil_reason"].wrong("เมื่อ nothing_done เป็น true ต้องระบุเหตุผล")
    if quarter.state is Workflow.RETURNED and not quarter.return_reason:
        record["return_reason"].wrong("ผลที่ส่งกลับต้องมีเหตุผลที่ส่งกลับ")


def _steps_done(place: Place, steps: int) -> tuple[int, ...]:
    done: set[int] = set()
    for item in place.items(1000):
        if not steps:
            item.wrong("มาตรการนี้ไม่มีขั้นตอน")
            continue
        number = item.whole(1, steps)
        _check_once(item, number, done, "ขั้นตอนนี้มีแล้วในรายการ")
    return tuple(sorted(done))


def _evidence(place: Place) -> tuple[EvidencePart, ...] | None:
    if place.is_absent:
        return None
    evidence = []
    seen: set[str] = set()
    for item in place.items(200):
        record = item.record(["title", "url"], ["public"])
        _check_once(record["url"], record["url"].value, seen, "ที่อยู่นี้มีแล้วในผลเดียวกัน")
        evidence.append(
            EvidencePart(
                title=record["title"].text(300, needed=True),
                url=record["url"].address(1000, needed=True),
                is_public=record["public"].flag(default=False),
            )
        )
    return tuple(evidence)


# --- nested lists -----------------------------------------------------------------------------------------------


def _bullets(place: Place) -> Bullets:
    entries = tuple(_bullet(entry, "") for entry in place.items())
    _fitting(place, entries, _MOST_BODY)
    return entries


def _fitting(place: Place, entries: Bullets, most: int) -> str:
    """The typed lines of ``entries``, if they fit."""
    lines = format_lines(entries)
    if len(lines) > most:
        place.wrong(f"รายการยาวรวม {len(lines):,} ตัวอักษร เกินที่รับได้ ({most:,} ตัวอักษร)")
    return lines


def _bullet(place: Place, marker: str, *, is_item: bool = False) -> Bullet:
    """One entry: text alone has the ``marker`` of its place; items have none of their own."""
    if not isinstance(place.value, Fields):
        return _entry(place, marker, ())
    record = place.record(["text"], ["marker"] if is_item else ["marker", "items"])
    if "marker" in record:
        marker = record["marker"].text(20)
    items = () if is_item else tuple(_numbered(record["items"]))
    return _entry(record["text"], marker, items)


def _numbered(place: Place) -> Iterator[Bullet]:
    for index, item in enumerate(place.items()):
        yield _bullet(item, f"{thai_digits(index + 1)}.", is_item=True)


def _entry(place: Place, marker: str, items: Bullets) -> Bullet:
    text = place.text(_MOST_BODY, needed=True)
    # Without text the marker would become one; what is read then goes nowhere.
    return bullet(marker, text, items) if text else Bullet("", "…")

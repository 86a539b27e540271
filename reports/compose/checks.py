"""What stands in the way of sending a report, and what its author may want to mend first, as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from measures.choices import Acting, Progress
from measures.dates import long_date
from measures.models import Appointment, Person, Position
from reports import columns
from reports.choices import Kind
from reports.content import Content, Measure


@dataclass(frozen=True)
class Remark:
    """A sentence, and the field of the report's form that it is about ("" where it is none of them).

    What is said of a measure names its ``measure`` by key instead; the field is then "outcome", "units", or the
    period whose result it is about ("period1").
    """

    sentence: str
    field: str = ""
    measure: str = ""


@dataclass(frozen=True)
class Place:
    """A place in the chain and everybody who fills it on the day, holders first."""

    order: int
    position: Position
    addressed_to: str
    words: str
    appointments: tuple[Appointment, ...]

    @property
    def filled_by(self) -> Appointment | None:
        """The holder, else who acts for the position; None where it is vacant."""
        return self.appointments[0] if self.appointments else None


def blocking(content: Content, places: Iterable[Place], author: Person) -> list[Remark]:
    """Why ``author`` cannot send the report yet; empty where nothing stands in the way."""
    places = tuple(places)
    return [*_missing(content), *_authorship(places, author), *_vacancies(places, author)]


def advice(content: Content) -> list[Remark]:
    """What may be sent as it is, but seldom should."""
    measures = content.table.measures
    remarks = [] if measures else [Remark("ตารางยังไม่มีมาตรการ")]
    for measure in measures:
        remarks += _unfinished(content, measure)
    remarks += _columns(content, measures)
    remarks += _early(content)
    if content.kind == Kind.ANNUAL and not content.memorandum.ita_score:
        remarks.append(Remark("ยังไม่ได้กรอกคะแนน ITA", "ita_score"))
    remarks += [
        Remark(f"หัวข้อ {s.number} {s.title}: ยังไม่มีข้อความ", "sections")
        for s in content.memorandum.sections
        if not s.body and not s.items
    ]
    return remarks


def _unfinished(content: Content, measure: Measure) -> Iterable[Remark]:
    """What a measure lacks: the year's report its outcome, that of a part of the year the results of its periods."""
    where = f"มาตรการ {measure.number} {measure.title}"
    missing = [quarter for quarter in measure.quarters if not quarter.reported]
    if content.kind != Kind.ANNUAL:
        if missing:
            names = " ".join(quarter.name for quarter in missing)
            first = f"{columns.PERIOD}{missing[0].number}"
            yield Remark(f"{where}: ยังไม่มีผลที่ตรวจแล้วของ{names}", first, measure.key)
    elif not measure.results and any(column.source == "results" for column in content.table.columns):
        yield Remark(f"{where}: ยังไม่ได้เขียนผลลัพธ์/ผลการดำเนินการ", "outcome", measure.key)
    elif not measure.progress:
        yield Remark(f"{where}: ยังไม่ได้เลือกสถานะของมาตรการเมื่อสิ้นปี", "outcome", measure.key)
    if not (measure.units or measure.units_printed):
        yield Remark(f"{where}: ยังไม่ได้กำหนดผู้รับผิดชอบ", "units", measure.key)


def _early(content: Content) -> Iterable[Remark]:
    """That what is reported on is not over on the day of the memorandum."""
    span, day = content.span, content.memorandum.date
    if day is not None and day <= span.ends:
        yield Remark(f"{span.label} สิ้นสุดวันที่ {long_date(span.ends)} ผลที่รายงานภายหลังจะไม่อยู่ในรายงานฉบับนี้", "date")


def _columns(content: Content, measures: list[Measure]) -> Iterable[Remark]:
    """A table that does not say what its rows are about, and columns in which nothing stands."""
    chosen = content.table.columns
    if all(column.source != "measure" for column in chosen):
        yield Remark("ตารางไม่มีคอลัมน์มาตรการ ผู้อ่านจะไม่ทราบว่าแต่ละแถวเป็นผลของมาตรการใด", "columns")
    for column in chosen:
        # Of these each measure that lacks them is named.
        if column.source in ("results", "units"):
            continue
        if measures and not any(columns.cell(measure, column.source, thai=False) for measure in measures):
            yield Remark(f"คอลัมน์ “{column.heading}” ว่างทุกมาตรการ", "columns")


def count_done(content: Content) -> tuple[int, int]:
    """How many measures the report has, and how many of them it says are done or go on as they should."""
    measures = content.table.measures
    finished = (Progress.DONE, Progress.ONGOING)
    return len(measures), sum(measure.progress in finished for measure in measures)


def _missing(content: Content) -> list[Remark]:
    memo = content.memorandum
    remarks = []
    if not memo.number or memo.number.endswith("/"):
        remarks.append(Remark("ยังไม่ได้กรอกเลขที่บันทึกข้อความให้ครบ (ที่)", "number"))
    if memo.date is None:
        remarks.append(Remark("ยังไม่ได้กรอกวันที่ของบันทึกข้อความ", "date"))
    if not memo.subject:
        remarks.append(Remark("ยังไม่ได้กรอกเรื่อง", "subject"))
    if not memo.addressee:
        remarks.append(Remark("ยังไม่ได้กรอกผู้รับ (เรียน)", "addressee"))
    return remarks


def _authorship(places: tuple[Place, ...], author: Person) -> list[Remark]:
    first = next((place for place in places if place.order == 0), None)
    if first is None or len(places) < 2:
        return [Remark("ยังไม่ได้กำหนดลำดับการลงนาม กรุณาให้ผู้ดูแลระบบของหน่วยงานกำหนดผู้จัดทำและผู้ลงนาม", "signers")]
    if first.appointments and author.pk not in {a.person_id for a in first.appointments}:
        return [
            Remark(
                f"การเสนอลงนามเป็นการลงนามของ{first.position.title} ซึ่งท่านไม่ได้ดำรงตำแหน่ง "
                "กรุณาให้ผู้ดำรงตำแหน่งนี้เป็นผู้เสนอ",
                "signers",
            )
        ]
    return []


def _vacancies(places: tuple[Place, ...], author: Person) -> list[Remark]:
    remarks = []
    for place in places:
        title = place.position.title
        if not place.appointments:
            remarks.append(
                Remark(
                    f"ตำแหน่ง{title}ไม่มีผู้ดำรงตำแหน่งหรือผู้รักษาราชการแทนในวันที่เสนอ "
                    "กรุณาให้ผู้ดูแลระบบของหน่วยงานบันทึกผู้ดำรงตำแหน่งหรือคำสั่งแต่งตั้ง",
                    "signers",
                )
            )
        elif place.order and all(_acts_for_own(a, author) for a in place.appointments):
            remarks.append(
                Remark(
                    f"ท่านเป็นผู้จัดทำรายงาน จึงลงนามแทน{title}ไม่ได้ กรุณาให้ผู้ดูแลระบบของหน่วยงานบันทึกคำสั่งแต่งตั้งผู้อื่น",
                    "signers",
                )
            )
    return remarks


def _acts_for_own(appointment: Appointment, author: Person) -> bool:
    return appointment.person_id == author.pk and appointment.kind != Acting.HOLDER

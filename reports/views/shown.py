"""What the desk's templates show of a report and of a revision, so that no template computes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from measures.choices import Progress
from measures.dates import long_date, moment_label, short_date, time_label
from measures.fiscal import bangkok_date
from measures.models import Appointment, Plan
from reports.actions.deciding import acting_order, acting_title
from reports.choices import Decision, Kind, Stage
from reports.columns import NOT_REPORTED, due
from reports.compose.checks import count_done
from reports.compose.wording import compared
from reports.content import Content, Evidence, Measure
from reports.models import Report, Revision, SignOff
from reports.public.figures import score
from reports.public.rows import PeriodCell, TableCell, period_cell, table_cells
from reports.public.words import http_url
from reports.span import Span, spans_of

TONES = {
    Progress.DONE: "done",
    Progress.ONGOING: "done",
    Progress.IN_PROGRESS: "doing",
    Progress.NOT_STARTED: "none",
    Progress.CANCELLED: "none",
}


_ELSEWHERE = ("measure", "due", "progress", "steps", "units")
"""Columns that every card shows in its head or below it."""


@dataclass(frozen=True)
class State:
    """A status word with its tone (see ``components/status.html``) and a sentence below it."""

    word: str
    tone: str
    sentence: str = ""


@dataclass(frozen=True)
class Row:
    """A report in the list: of what it is, where it stands, and its number as last sent."""

    report: Report
    label: str
    revision: Revision | None
    state: State
    number: str


@dataclass(frozen=True)
class Year:
    """A fiscal year in the list: its reports, what else can be started today, why the rest cannot, its rehearsals."""

    plan: Plan
    rows: tuple[Row, ...]
    open: tuple[Span, ...]
    shut: tuple[str, ...]
    rehearsals: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Stop:
    """A place in the chain as drawn: lines of the position, what was written, and when or since when."""

    order: int
    tone: str
    mark: str
    lines: tuple[str, ...]
    name: str
    words: str
    note: str


@dataclass(frozen=True)
class Card:
    """A measure as a readable card: what the columns print of it, and its periods as they will be published.

    ``unsaid`` stands where its status would, where it has none.
    """

    measure: Measure
    word: str
    tone: str
    unsaid: str
    due: str
    cells: tuple[TableCell, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True)
class Proof:
    """A piece of evidence to be opened, public or not; of what is not, nothing but its bytes was frozen."""

    title: str
    url: str


@dataclass(frozen=True)
class Period:
    """What a measure's period says, and what proves it."""

    cell: PeriodCell
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class GroupCards:
    """A group's heading ("" where none is printed) over its cards."""

    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Summary:
    """A revision at a glance; ``code`` is the first half of its content's hash."""

    measures: int
    done: int
    open: int
    score: str
    code: str


def short_hash(sha256: str) -> str:
    """The first half of a hash as people compare it: "1A2B-3C4D"."""
    return f"{sha256[:4]}-{sha256[4:8]}".upper()


def state_of(revision: Revision | None) -> State:
    """Where a report stands and who has it since when."""
    if revision is None:
        return State("กำลังกรอก", "doing", "ยังไม่ได้เสนอลงนาม")
    if hasattr(revision, "publication"):
        publication = revision.publication
        if publication.withdrawn_at:
            return State("ลงนามแล้ว", "signed", f"ถอนการเผยแพร่เมื่อวันที่ {_day(publication.withdrawn_at)}")
        return State("ลงนามแล้ว", "signed", f"เผยแพร่แล้วตั้งแต่วันที่ {_day(publication.published_at)}")
    signoffs = list(revision.signoffs.all())
    if revision.stage == Stage.SIGNED:
        last = signoffs[-1].decided_at or revision.sent_at
        return State("ลงนามแล้ว", "done", f"ครบทุกตำแหน่งเมื่อวันที่ {_day(last)} รอเผยแพร่")
    place = next(s for s in signoffs if s.order == revision.turn)
    if revision.stage == Stage.RETURNED:
        when = _day(place.decided_at or revision.sent_at)
        return State("ส่งกลับแก้ไข", "late", f"{place.position_title}ส่งกลับเมื่อวันที่ {when}")
    if revision.recalled_at:
        return State("ดึงกลับ", "none", f"ผู้จัดทำดึงกลับเมื่อวันที่ {_day(revision.recalled_at)} แก้ไขแล้วเสนอใหม่ได้")
    since = _day(place.waiting_since or revision.sent_at)
    return State("รอลงนาม", "doing", f"อยู่ที่{place.position_title} ตั้งแต่วันที่ {since}")


def years(plans: Iterable[Plan], today: date) -> list[Year]:
    """The list of reports; needs ``plans_with_reports``."""
    return [_year(plan, today) for plan in plans]


def _year(plan: Plan, today: date) -> Year:
    reports = {report.span.name: report for report in plan.reports.all() if not report.is_rehearsal}
    rehearsals = [report for report in plan.reports.all() if report.is_rehearsal]
    periods = [(period.starts, period.ends) for period in plan.periods.all()]
    spans = spans_of(plan.fiscal_year)
    why_not = {span: span.why_not(periods, today) for span in spans if span.name not in reports}
    return Year(
        plan,
        tuple(_row(reports[span.name], span) for span in spans if span.name in reports),
        tuple(span for span, reason in why_not.items() if not reason),
        tuple(reason for reason in why_not.values() if reason),
        tuple(_row(report, report.span) for report in rehearsals),
    )


def _row(report: Report, span: Span) -> Row:
    revision = next(iter(report.revisions.all()), None)
    number = revision.read().memorandum.number if revision else report.number
    return Row(report, span.label, revision, state_of(revision), number)


def stops(
    revision: Revision, filling: Mapping[int, tuple[Appointment, ...]], me: Appointment | None = None
) -> list[Stop]:
    """The chain of a revision; ``filling`` says who holds each position today, ``me`` by what the reader signs."""
    return [_stop(revision, s, filling.get(s.position_id, ()), me) for s in revision.signoffs.all()]


def summary(revision: Revision, content: Content) -> Summary:
    """The figures at the top."""
    measures, done = count_done(content)
    return Summary(measures, done, measures - done, _score(content), short_hash(revision.content_sha256))


def groups(revision: Revision, content: Content) -> list[GroupCards]:
    """Every group, also one without measures, with its measures as cards."""
    return [
        GroupCards(
            group.heading,
            tuple(_card(measure, revision, content) for measure in group.measures),
        )
        for group in content.table.groups
    ]


def _card(measure: Measure, revision: Revision, content: Content) -> Card:
    progress = Progress(measure.progress) if measure.progress else None
    word, tone = (str(progress.label), TONES[progress]) if progress else ("", "none")
    unsaid = "ยังไม่ได้เลือกสถานะ" if content.kind == Kind.ANNUAL else NOT_REPORTED
    periods = (
        Period(
            period_cell(quarter, measure, content.memorandum.date),
            tuple(_proof(evidence, revision) for evidence in quarter.evidence),
        )
        for quarter in measure.quarters
    )
    columns = [column for column in content.table.columns if column.source not in _ELSEWHERE]
    return Card(
        measure, word, tone, unsaid, due(measure, thai=False), table_cells(measure, columns), tuple(periods)
    )


def _proof(evidence: Evidence, revision: Revision) -> Proof:
    title = evidence.title if evidence.public else "หลักฐานที่ไม่เผยแพร่"
    if evidence.sha256:
        return Proof(title, reverse("revision_evidence", args=[revision.pk, evidence.uid]))
    return Proof(title, http_url(evidence.url))


def waited(since: datetime | None, now: datetime) -> str:
    """How long something has waited, in the largest unit that says it."""
    if since is None:
        return ""
    hours = int((now - since).total_seconds() // 3600)
    if hours < 1:
        return "เพิ่งมาถึง"
    return f"รอมาแล้ว {hours} ชั่วโมง" if hours < 24 else f"รอมาแล้ว {hours // 24} วัน"


def _stop(
    revision: Revision, place: SignOff, filling: tuple[Appointment, ...], me: Appointment | None
) -> Stop:
    mark = str(place.order) if place.order else "✎"
    if place.decided_at:
        tone, mark = ("back", "↩") if place.decision == Decision.RETURNED else ("ok", "✓")
        verb = {Decision.SENT: "เสนอ", Decision.ENDORSED: "ลงนาม", Decision.RETURNED: "ส่งกลับ"}[
            Decision(place.decision)
        ]
        lines = (place.acting_title, place.position_title) if place.acting_title else (place.position_title,)
        when = f"{verb} {short_date(bangkok_date(place.decided_at))} {_kept(time_label(place.decided_at))}"
        return Stop(place.order, tone, mark, lines, place.person_name, place.words, when)
    here = revision.stage == Stage.SIGNING and revision.turn == place.order
    appointment = me if here and me else (filling[0] if filling else None)
    acting = acting_title(appointment) if appointment else ""
    lines = (acting, place.position_title) if acting else (place.position_title,)
    name = appointment.person.full_name if appointment else "ว่าง"
    note = f"รอลงนามตั้งแต่ {_kept(moment_label(place.waiting_since))}" if here and place.waiting_since else ""
    if appointment and acting:
        note = f"{note} ตาม{acting_order(appointment)}".strip()
    return Stop(place.order, "now" if here else "", mark, lines, name, "", note)


def _kept(moment: str) -> str:
    """``moment`` with its "น." never alone on a line."""
    return moment.replace(" น.", "\N{NO-BREAK SPACE}น.")


def _score(content: Content) -> str:
    found = score(content)
    if found is None:
        return ""
    beside = (
        f" {compared(found.value, found.target)}เป้าหมาย {found.target}" if found.target is not None else ""
    )
    return f"คะแนน ITA {found.value}{beside}"


def _day(moment: datetime) -> str:
    return long_date(bangkok_date(moment))

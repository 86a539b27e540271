"""What the desk's templates show of a report and of a revision, so that no template computes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from django.urls import reverse

from measures.choices import Progress
from measures.dates import long_date, moment_label, short_date, time_label
from measures.fiscal import bangkok_date
from measures.models import Appointment, Person, Plan
from reports.actions.deciding import acting_order, acting_title
from reports.choices import Decision, Kind, Stage
from reports.columns import NOT_REPORTED, due
from reports.compose.changes import Change, changes
from reports.compose.checks import count_done
from reports.compose.wording import compared
from reports.content import Content, Evidence, Measure
from reports.document.words import borders
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


_NOT_LATE = (Progress.DONE, Progress.ONGOING, Progress.CANCELLED)
_THAI: Final = re.compile("[ก-ฺเ-๎]+|[^ก-ฺเ-๎]+")
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
    """A revision at a glance; ``code`` is the first half of its content's hash.

    ``moved`` counts the measures whose status is not that of the period before; ``red`` names what an executive asks
    about: what is late, cancelled, or was not reported.
    """

    measures: int
    done: int
    open: int
    score: str
    code: str
    percent: int = 0
    late: int = 0
    moved: int = 0
    red: tuple[str, ...] = ()


@dataclass(frozen=True)
class Again:
    """A position that signed an earlier revision and has to sign this one, or has done so."""

    position: str
    name: str
    is_done: bool


@dataclass(frozen=True)
class Since:
    """What a reader compares with: the revision they signed last (``own`` is that signature), else the one before.

    ``returned`` is why an earlier revision came back; ``again`` are those whose signatures died with the change.
    """

    before: Revision
    own: SignOff | None
    changes: list[Change]
    returned: SignOff | None
    again: tuple[Again, ...]


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
        follows = "การซ้อมสิ้นสุด" if revision.report.is_rehearsal else "รอเผยแพร่"
        return State("ลงนามแล้ว", "done", f"ครบทุกตำแหน่งเมื่อวันที่ {_day(last)} {follows}")
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
    late = [m for m in content.table.measures if _is_late(m, content)]
    return Summary(
        measures,
        done,
        measures - done,
        _score(content),
        short_hash(revision.content_sha256),
        percent=100 * done // measures if measures else 0,
        late=len(late),
        moved=sum(map(_has_moved, content.table.measures)),
        red=tuple(_red(content)),
    )


def since(found: Revision, content: Content, reader: Person, turn: SignOff | None) -> Since | None:
    """What ``reader`` has to read anew of a revision; None of a first one. Two statements."""
    if found.number == 1:
        return None
    earlier = list(
        found.report.revisions.filter(number__lt=found.number)
        .prefetch_related("signoffs")
        .order_by("-number")
    )
    own = _own_signature(earlier, reader, turn)
    before = _before(earlier, own)
    returned = next((s for r in earlier for s in r.signoffs.all() if s.decision == Decision.RETURNED), None)
    signed = {
        s.position_id: s
        for r in reversed(earlier)
        for s in r.signoffs.all()
        if s.decision == Decision.ENDORSED
    }
    here = [s for s in found.signoffs.all() if s.order and s.position_id in signed]
    again = tuple(Again(s.position_title, signed[s.position_id].person_name, bool(s.decision)) for s in here)
    return Since(before, own, changes(before.read(), content, words_of), returned, again)


def changed_since(found: Revision, content: Content, reader: Person, turn: SignOff) -> str:
    """How much is new to ``reader``, in one line; "" of a first revision. Needs ``report__revisions__signoffs``."""
    earlier = [r for r in found.report.revisions.all() if r.number < found.number]
    if not earlier:
        return ""
    own = _own_signature(earlier, reader, turn)
    before = _before(earlier, own)
    since_when = "ตั้งแต่ท่านลงนาม" if own else "จาก"
    return f"แก้ไข {len(changes(before.read(), content))} แห่ง{since_when}ฉบับที่ {before.number}"


def _before(earlier: list[Revision], own: SignOff | None) -> Revision:
    return next((r for r in earlier if own and r.pk == own.revision_id), earlier[0])


def words_of(piece: str) -> list[str]:
    """A phrase taken apart where Thai words end, as the document's lines are."""
    return [word for run in _THAI.findall(piece) for word in _words(run)]


def _words(run: str) -> list[str]:
    if not "ก" <= run[0] <= "๎":
        return [run]
    ends = [0, *sorted(borders(run).sure), len(run)]
    return [run[start:end] for start, end in pairwise(ends)]


def _own_signature(earlier: list[Revision], reader: Person, turn: SignOff | None) -> SignOff | None:
    """The last one of this person, for this position before all others that they filled."""
    mine = [
        s
        for r in earlier
        for s in r.signoffs.all()
        if s.person_id == reader.pk and s.decision in (Decision.ENDORSED, Decision.SENT)
    ]
    position = turn.position_id if turn else None
    return next((s for s in mine if s.position_id == position), mine[0] if mine else None)


def _is_late(measure: Measure, content: Content) -> bool:
    day = content.memorandum.date
    return bool(day and measure.due and measure.due < day and measure.progress not in _NOT_LATE)


def _has_moved(measure: Measure) -> bool:
    reported = [quarter.progress for quarter in measure.quarters if quarter.reported]
    return len(reported) > 1 and reported[-1] != reported[-2]


def _red(content: Content) -> Iterator[str]:
    for measure in content.table.measures:
        name = f"{measure.number} {measure.title}"
        if _is_late(measure, content) and measure.due:
            yield f"{name}: เกินกำหนดตั้งแต่วันที่ {long_date(measure.due)}"
        elif measure.progress == Progress.CANCELLED:
            yield f"{name}: ยกเลิก"
        elif not measure.progress and not any(quarter.reported for quarter in measure.quarters):
            yield f"{name}: ยังไม่ได้รายงาน"


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
        when = f"{verb} {short_date(bangkok_date(place.decided_at))} {_kept(time_label(place.decided_at))}"
        return Stop(place.order, tone, mark, place.position_lines, place.person_name, place.words, when)
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

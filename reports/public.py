"""What the public pages show, as plain data: from frozen content and the day's decisions only, never from live rows.

A town's publications become :class:`Edition` objects; the pages are built from them. Templates only lay out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from urllib.parse import urlsplit

from django.urls import reverse

from measures import storage
from measures.bullets import Bullets
from measures.choices import Progress
from measures.dates import SHORT_MONTHS, long_date, moment_label
from measures.fiscal import BUDDHIST_ERA, bangkok_date, fiscal_year_bounds
from reports.choices import Kind
from reports.content import Agency, Contact, Content, Evidence, Measure, Quarter
from reports.document.layout import units
from reports.document.thai_text import dotted
from reports.models import Publication, SignOff

TONES = {Progress.DONE: "done", Progress.IN_PROGRESS: "doing", Progress.ONGOING: "doing"}
NOT_REPORTED = "ยังไม่ได้รายงาน"


class Edition:
    """One publication: its frozen content, its permanent addresses, and how it is named."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.revision = publication.revision
        report = publication.revision.report
        self.report_id = report.pk
        self.kind = Kind(report.kind)
        self.slug = report.plan.agency.slug
        self.fiscal_year = report.plan.fiscal_year
        self.name = f"{report.kind}{report.period.number if report.period else ''}-{self.revision.number}"
        self.round = report.period.name if report.period else self.kind.label
        self.withdrawn = publication.withdrawn_at is not None
        self.published = long_date(bangkok_date(publication.published_at))
        self.withdrawn_on = ""
        if publication.withdrawn_at:
            self.withdrawn_on = long_date(bangkok_date(publication.withdrawn_at))
        self.withdrawn_reason = publication.withdrawn_reason
        self.sealed_sha256 = self.revision.sealed_sha256
        self.pages = self.revision.pages

    @cached_property
    def content(self) -> Content:
        """Read when first needed: most pages need one edition's content only."""
        return self.revision.read()

    @property
    def year_url(self) -> str:
        return reverse("year", args=[self.slug, self.fiscal_year])

    @property
    def url(self) -> str:
        return reverse("report_page", args=[self.slug, self.fiscal_year, self.name])

    @property
    def pdf_url(self) -> str:
        """The sealed PDF's address, or "" while it is not sealed."""
        address = reverse("report_pdf", args=[self.slug, self.fiscal_year, self.name])
        return address if self.sealed_sha256 else ""

    @cached_property
    def pdf_size(self) -> str:
        """ "62 KB", or "" where the file is not to be found."""
        try:
            return size_label(storage.path_of(self.sealed_sha256).stat().st_size)
        except (OSError, ValueError):
            return ""

    @property
    def filename(self) -> str:
        """The name under which the PDF is saved."""
        return f"รายงานผลการดำเนินการ ITA ปี {self.fiscal_year} {self.content.agency.name} ({self.name}).pdf"


@dataclass(frozen=True)
class Year:
    """A fiscal year of a town. ``current`` is the edition that its page shows, None where all are withdrawn."""

    fiscal_year: int
    editions: tuple[Edition, ...]

    @property
    def current(self) -> Edition | None:
        """The newest standing annual report, else the newest standing one."""
        standing = [edition for edition in self.editions if not edition.withdrawn]
        return next((e for e in standing if e.kind is Kind.ANNUAL), standing[0] if standing else None)

    @property
    def newest(self) -> Edition:
        """What the page is about: the current edition, else the last that was withdrawn."""
        return self.current or self.editions[0]

    @property
    def headline(self) -> str:
        """The year in one sentence, or "" where all is withdrawn."""
        return headline(self.current.content) if self.current else ""

    @property
    def score(self) -> Score | None:
        """The year's ITA result, where it is known and public."""
        return score(self.current.content) if self.current else None


class Town:
    """All that a town has published, newest first; ``editions`` is never empty."""

    def __init__(self, editions: list[Edition]) -> None:
        self.editions = editions
        self.slug = editions[0].slug

    @cached_property
    def agency(self) -> Agency:
        """Name and contact as last frozen."""
        standing = [edition for edition in self.editions if not edition.withdrawn]
        return (standing or self.editions)[0].content.agency

    @property
    def url(self) -> str:
        return reverse("town", args=[self.slug])

    @cached_property
    def initials(self) -> str:
        """The town's letters in document numbers ("ตย"), or "" where they are not to be seen."""
        match = re.match(r"[ก-ฮ]{1,4}(?=[ .]*[0-9๐-๙])", self.editions[0].content.memorandum.number)
        return match[0] if match else ""

    @cached_property
    def years(self) -> tuple[Year, ...]:
        """Newest year first."""
        numbers = sorted({edition.fiscal_year for edition in self.editions}, reverse=True)
        return tuple(
            Year(number, tuple(e for e in self.editions if e.fiscal_year == number)) for number in numbers
        )

    def year(self, fiscal_year: int) -> Year | None:
        return next((year for year in self.years if year.fiscal_year == fiscal_year), None)

    def edition(self, fiscal_year: int, name: str) -> Edition | None:
        return next((e for e in self.editions if e.fiscal_year == fiscal_year and e.name == name), None)

    def newer_than(self, edition: Edition) -> Edition | None:
        """The newest standing edition of the same report, where it is not this one."""
        of_report = [e for e in self.editions if e.report_id == edition.report_id and not e.withdrawn]
        return of_report[0] if of_report and of_report[0].revision.number > edition.revision.number else None

    def evidence(self, fiscal_year: int, uid: str) -> tuple[Evidence, Edition] | None:
        """A public file, with the edition that shows it: a standing one where there is any."""
        editions = [e for e in self.editions if e.fiscal_year == fiscal_year]
        for edition in sorted(editions, key=lambda e: e.withdrawn):
            for found in _all_evidence(edition.content):
                if found.uid == uid and found.public and found.sha256:
                    return found, edition
        return None


def _all_evidence(content: Content) -> list[Evidence]:
    return [
        evidence
        for group in content.table.groups
        for measure in group.measures
        for quarter in measure.quarters
        for evidence in quarter.evidence
    ]


# --- the year page ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    """How many measures have come how far, and the stretch of the bar that stands for them (out of 100)."""

    word: str
    tone: str
    count: int
    start: float
    width: float


@dataclass(frozen=True)
class Score:
    """The ITA result of a year; ``comparison`` puts it beside the target in words.

    No grade: that follows from the scores of the three instruments too, which the report does not hold.
    """

    value: Decimal
    target: Decimal | None
    comparison: str


@dataclass(frozen=True)
class Proof:
    """A piece of public evidence; ``note`` says of when it is and what opens ("ไตรมาส 1 · PDF · 120 KB")."""

    title: str
    url: str
    note: str


@dataclass(frozen=True)
class Cell:
    """A period of a measure: ``lines`` say in words how far it had come; ``results`` what was done."""

    months: str
    name: str
    tone: str
    word: str
    steps: str
    results: Bullets
    reported: bool


@dataclass(frozen=True)
class Row:
    """A measure as the pages show it."""

    anchor: str
    number: str
    title: str
    tone: str
    word: str
    units: str
    due: str
    steps: tuple[tuple[str, str], ...]
    results: Bullets
    cells: tuple[Cell, ...]
    proofs: tuple[Proof, ...]
    kept_back: int

    @property
    def told(self) -> tuple[Cell, ...]:
        """The periods that have something to read."""
        return tuple(cell for cell in self.cells if cell.results)


@dataclass(frozen=True)
class Block:
    """A group's heading with its measures."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Item:
    """An item of the assessment that this year's pages answer, as its code stood on the day of publishing."""

    label: str
    title: str
    url: str
    answer: str


def headline(content: Content) -> str:
    """ "ปี 2567 กำหนดไว้ 7 มาตรการ แล้วเสร็จ 6 มาตรการ"."""
    measures = _measures(content)
    done = sum(measure.progress == Progress.DONE for measure in measures)
    if not measures:
        return f"ปี {content.fiscal_year} ไม่มีมาตรการที่กำหนดไว้"
    return f"ปี {content.fiscal_year} กำหนดไว้ {len(measures)} มาตรการ แล้วเสร็จ {done} มาตรการ"


def extent(content: Content) -> str:
    """The year's days and how much it holds: groups that have a heading, and steps."""
    starts, ends = fiscal_year_bounds(content.fiscal_year)
    groups = sum(bool(group.title) for group in content.table.groups)
    steps = sum(len(measure.steps) for measure in _measures(content))
    held = [f"{groups} มาตรการหลัก"] if groups else []
    held += [f"{steps} ขั้นตอน"] if steps else []
    days = f"{long_date(starts)} – {long_date(ends)}"
    return " · ".join([days, *held])


def tallies(content: Content) -> tuple[Tally, ...]:
    """Measures counted by how far they have come, in the order of the list; what does not occur is left out."""
    counts = Counter(measure.progress for measure in _measures(content))
    order = ["done", "ongoing", "in_progress", "not_started", "cancelled", ""]
    total, start, made = sum(counts.values()), 0.0, []
    for progress in order:
        if count := counts[progress]:
            width = round(100 * count / total, 2)
            made.append(Tally(_word(progress), _tone(progress), count, round(start, 2), width))
            start += width
    return tuple(made)


def score(content: Content) -> Score | None:
    """The year's result and target, where the memorandum names them."""
    value, target = _number(content.memorandum.ita_score), _number(content.memorandum.ita_target)
    if value is None:
        return None
    if target is None:
        return Score(value, None, "")
    if value == target:
        return Score(value, target, f"เท่ากับค่าเป้าหมาย {target} คะแนน")
    side = "สูงกว่า" if value > target else "ต่ำกว่า"
    return Score(value, target, f"{side}ค่าเป้าหมาย {target} อยู่ {abs(value - target)} คะแนน")


def items(edition: Edition) -> tuple[Item, ...]:
    """The assessment's items with the page that answers each."""
    made = []
    for item in edition.publication.items:
        label = f"{item.get('code', '')} ({item.get('scheme', 'ITA')} ปี {item.get('fiscal_year', '')})"
        if item.get("kind") == "report":
            url, answer = edition.url, "อ่านรายงาน"
        else:
            url, answer = f"{edition.year_url}#measures", "ดูมาตรการ"
        made.append(Item(label, item.get("title", ""), url, answer))
    return tuple(made)


def blocks(content: Content) -> tuple[Block, ...]:
    """The groups with their measures, in the order of the document."""
    made, anchor = [], 0
    for group in content.table.groups:
        rows = []
        for measure in group.measures:
            anchor += 1
            rows.append(_row(measure, f"m{anchor}", content))
        heading = f"{dotted(group.number)} {group.title}".strip() if group.title else ""
        made.append(Block(heading, tuple(rows)))
    return tuple(made)


def _row(measure: Measure, anchor: str, content: Content) -> Row:
    proofs = [(quarter, evidence) for quarter in measure.quarters for evidence in quarter.evidence]
    return Row(
        anchor=anchor,
        number=dotted(measure.number),
        title=measure.title,
        tone=_tone(measure.progress),
        word=_word(measure.progress),
        units=units(measure),
        due=measure.due_text or (long_date(measure.due) if measure.due else ""),
        steps=tuple((dotted(step.number), step.text) for step in measure.steps),
        results=measure.results,
        cells=tuple(_cell(quarter, measure) for quarter in measure.quarters),
        proofs=tuple(_proof(evidence, quarter, content) for quarter, evidence in proofs if evidence.public),
        kept_back=sum(not evidence.public for _, evidence in proofs),
    )


def _cell(quarter: Quarter, measure: Measure) -> Cell:
    word = _word(quarter.progress) if quarter.reported else NOT_REPORTED
    tone = _tone(quarter.progress) if quarter.reported else "none"
    if quarter.reported and quarter.nil_reason:
        word, tone = f"ไม่มีการดำเนินการ: {quarter.nil_reason}", "none"
    elif quarter.reported and not quarter.progress:
        word = "รายงานแล้ว"
    if quarter.percent is not None and quarter.progress not in (Progress.DONE, Progress.NOT_STARTED):
        word = f"{word} ร้อยละ {quarter.percent}"
    return Cell(
        months=_months(quarter.starts, quarter.ends),
        name=quarter.name,
        tone=tone,
        word=word,
        steps=_steps_done(len(quarter.steps_done), len(measure.steps)),
        results=quarter.results,
        reported=quarter.reported,
    )


def _steps_done(done: int, all_steps: int) -> str:
    if not done or not all_steps:
        return ""
    return f"ครบ {all_steps} ขั้นตอน" if done >= all_steps else f"{done} จาก {all_steps} ขั้นตอน"


def _proof(evidence: Evidence, quarter: Quarter, content: Content) -> Proof:
    if evidence.url:
        url, note = http_url(evidence.url), host_of(evidence.url)
    else:
        url = reverse("public_evidence", args=[content.agency.slug, content.fiscal_year, evidence.uid])
        ending = evidence.filename.rpartition(".")[2].upper() if "." in evidence.filename else "ไฟล์"
        note = f"{ending} · {size_label(evidence.size)}"
    return Proof(evidence.title, url, f"{quarter.name} · {note}" if note else quarter.name)


def _months(starts: date, ends: date) -> str:
    """ "ต.ค.–ธ.ค. 66"; both years where they differ."""
    first, last = SHORT_MONTHS[starts.month - 1], SHORT_MONTHS[ends.month - 1]
    years = [f"{(day.year + BUDDHIST_ERA) % 100:02}" for day in (starts, ends)]
    if (starts.year, starts.month) == (ends.year, ends.month):
        return f"{last} {years[1]}"
    return f"{first} {years[0]}–{last} {years[1]}" if years[0] != years[1] else f"{first}–{last} {years[1]}"


def _measures(content: Content) -> list[Measure]:
    return [measure for group in content.table.groups for measure in group.measures]


def _word(progress: str) -> str:
    return str(Progress(progress).label) if progress else NOT_REPORTED


def _tone(progress: str) -> str:
    return TONES.get(Progress(progress), "none") if progress else "none"


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


# --- the report page --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signed:
    """A place in the chain as it was on the day: position, name, words, time. Nothing else about a person."""

    order: int
    position_lines: tuple[str, ...]
    name: str
    addressed_to: str
    words: str
    when: str
    acting_order: str

    @property
    def is_author(self) -> bool:
        return self.order == 0


def signed(edition: Edition) -> tuple[Signed, ...]:
    """The chain of signers in order; one statement."""
    return tuple(_signed(signoff) for signoff in edition.revision.signoffs.order_by("order"))


def _signed(signoff: SignOff) -> Signed:
    return Signed(
        order=signoff.order,
        position_lines=tuple(line for line in (signoff.acting_title, signoff.position_title) if line),
        name=signoff.person_name,
        addressed_to=signoff.addressed_to,
        words=signoff.words,
        when=moment_label(signoff.decided_at) if signoff.decided_at else "",
        acting_order=signoff.acting_order,
    )


@dataclass(frozen=True)
class Passage:
    """A section of the memorandum: heading, paragraphs, items."""

    heading: str
    paragraphs: tuple[str, ...]
    items: Bullets


def passages(content: Content) -> tuple[Passage, ...]:
    """The memorandum's sections in order."""
    return tuple(
        Passage(
            f"{dotted(section.number)} {section.title}".strip(),
            tuple(line for line in section.body.splitlines() if line.strip()),
            section.items,
        )
        for section in content.memorandum.sections
    )


def contact(agency: Agency) -> Contact:
    """The town's official contact; an address that is none of the web is shown nowhere."""
    given = agency.contact
    return Contact(
        address=given.address, phone=given.phone, email=given.email, website=http_url(given.website),
        complaint_channel=given.complaint_channel, complaint_url=http_url(given.complaint_url),
    )  # fmt: skip


# --- small words ------------------------------------------------------------------------------------------------


def http_url(url: str) -> str:
    """``url`` where it leads to the web, else "": what an importer let through must not become a script."""
    return url if url.startswith(("http://", "https://")) else ""


def host_of(url: str) -> str:
    """ "example.go.th", or "" where there is none to be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def size_label(size: int) -> str:
    """ "62 KB" or "1.4 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"

"""The report as plain data: what is frozen when it is sent, and what every rendering reads.

Nothing here knows Django or the database. ``reports.compose`` builds a :class:`Content` from the plan;
the memorandum, the table, the screen and the public page are drawn from it and from nothing else, so
that no two of them can disagree. Its canonical JSON is what signatures bind.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from measures.bullets import Bullet
from measures.numbering import dotted
from reports.choices import Kind
from reports.span import Span


@dataclass(frozen=True)
class Contact:
    """How the public reaches the agency; every field is official, none is personal."""

    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    complaint_channel: str = ""
    complaint_url: str = ""


@dataclass(frozen=True)
class Agency:
    """The local government as it was called when the report was frozen; its emblem is kept under its hash."""

    slug: str
    name: str
    name_en: str = ""
    province: str = ""
    emblem_sha256: str = ""
    contact: Contact = field(default_factory=Contact)


@dataclass(frozen=True)
class Reference:
    """An earlier memorandum that this one refers to."""

    number: str
    date: date | None
    subject: str


@dataclass(frozen=True)
class Section:
    """A numbered section of the memorandum: paragraphs (one a line) and items below them."""

    number: str
    title: str
    body: str
    items: tuple[Bullet, ...] = ()

    @property
    def heading(self) -> str:
        """Number and title as printed: "๑. เรื่องเดิม"."""
        return f"{dotted(self.number)} {self.title}".strip()


MOST_SECTIONS = 50
"""Sections that a memorandum may have, in its form and in a plan file."""


@dataclass(frozen=True)
class Signer:
    """A place in the chain. ``order`` 0 is the author; the highest order is the head of the agency.

    ``words`` are the words this position usually writes ("" where it endorses without words) and
    ``addressed_to`` whom it addresses them to. ``name`` is set for the author only: who holds the other
    positions is known on the day each signs.
    """

    order: int
    position: str
    addressed_to: str = ""
    words: str = ""
    name: str = ""


@dataclass(frozen=True)
class Memorandum:
    """The portrait part. ``number`` and ``date`` may be empty in a draft only."""

    section: str
    number: str
    date: date | None
    subject: str
    addressee: str
    sections: tuple[Section, ...]
    closing: str
    refers_to: Reference | None = None
    ita_score: str = ""
    ita_target: str = ""


@dataclass(frozen=True)
class Evidence:
    """What proves a result. Of internal evidence only ``uid``, ``sha256`` and ``public=False`` are kept."""

    uid: str
    public: bool
    title: str = ""
    url: str = ""
    filename: str = ""
    sha256: str = ""
    size: int = 0
    content_type: str = ""


@dataclass(frozen=True)
class Quarter:
    """One period's result of one measure. ``progress`` is a word of ``measures.choices.Progress`` or "".

    ``steps_done`` are places in the measure's ``steps``, counted from 1.
    """

    number: int
    name: str
    starts: date
    ends: date
    reported: bool
    progress: str = ""
    percent: int | None = None
    nil_reason: str = ""
    results: tuple[Bullet, ...] = ()
    steps_done: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    obstacles: tuple[Bullet, ...] = ()
    suggestions: tuple[Bullet, ...] = ()


@dataclass(frozen=True)
class Step:
    """A numbered step; ``number`` is the printed one ("๑")."""

    number: str
    text: str


@dataclass(frozen=True)
class Measure:
    """One row of the table: the plan's words, the outcome of the report's stretch of the year, and its quarters.

    ``budget`` is in baht as a plain decimal ("1000000.50"), "" where there is none; ``percent`` is 0-100.
    """

    key: str
    number: str
    title: str
    steps: tuple[Step, ...] = ()
    units: tuple[str, ...] = ()
    units_printed: str = ""
    due_text: str = ""
    due: date | None = None
    progress: str = ""
    results: tuple[Bullet, ...] = ()
    quarters: tuple[Quarter, ...] = ()
    indicator: str = ""
    target: str = ""
    budget: str = ""
    percent: int | None = None
    obstacles: tuple[Bullet, ...] = ()
    suggestions: tuple[Bullet, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Group:
    """A heading over measures; no heading row is printed where ``title`` is empty."""

    key: str
    number: str
    title: str
    measures: tuple[Measure, ...] = ()

    @property
    def heading(self) -> str:
        """Number and title as printed; "" where no heading row is."""
        return f"{dotted(self.number)} {self.title}".strip() if self.title else ""


@dataclass(frozen=True)
class Column:
    """A column of the table: what stands in it (a word of ``reports.columns``) and its heading as printed."""

    source: str
    heading: str


@dataclass(frozen=True)
class Table:
    """The landscape part: two title lines, the columns, the groups."""

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...] = ()

    @property
    def measures(self) -> list[Measure]:
        """The measures of all groups, in the order of the rows."""
        return [measure for group in self.groups for measure in group.measures]


FIVE = ("measure", "steps", "units", "due", "results")
"""The sources of the usual five columns, in order."""

FORMAT = 2
"""The shape of what is frozen. Format 1 had five headings without sources; it is still read, and written as it was."""


REHEARSAL = "ตัวอย่าง ใช้ซ้อมลงนามเท่านั้น"
"""What every page of a rehearsal says at its head, and every file made of it."""


@dataclass(frozen=True)
class Content:
    """Everything a revision freezes. ``fiscal_year`` is in the Buddhist era.

    ``kind`` is a word of ``reports.choices.Kind``, ``part`` which half year or quarter it is about (0 for the year).
    ``top_mm`` is the memorandum's upper margin in millimetres. A rehearsal says so on every page and is not published;
    the word stands in the JSON only where it is true.
    """

    agency: Agency
    fiscal_year: int
    kind: str
    memorandum: Memorandum
    table: Table
    signers: tuple[Signer, ...] = ()
    thai_digits: bool = True
    part: int = 0
    top_mm: int = 15
    is_rehearsal: bool = False
    format: int = FORMAT

    def canonical_json(self) -> str:
        """The one spelling that is hashed: sorted keys, no spaces, UTF-8, dates in ISO 8601 (CE).

        What was frozen in an older format is spelled in that format, so that its hash stays the one that was signed.
        """
        plain = _plain(self, old=self.format == 1)
        if not self.is_rehearsal:
            del plain["is_rehearsal"]
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def span(self) -> Span:
        """The stretch of the year that the report is about."""
        return Span(self.fiscal_year, Kind(self.kind), self.part)

    @property
    def all_evidence(self) -> list[Evidence]:
        """Every piece of evidence, public or not, in the order of measures and quarters."""
        quarters = (quarter for measure in self.table.measures for quarter in measure.quarters)
        return [one for quarter in quarters for one in quarter.evidence]

    def evidence(self, uid: str) -> Evidence | None:
        """The piece of evidence of that id, public or not; None where none was frozen."""
        return next((one for one in self.all_evidence if one.uid == uid), None)

    def sha256(self) -> str:
        """Hexadecimal SHA-256 of :meth:`canonical_json` in UTF-8."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str) -> Content:
        """Read back what :meth:`canonical_json` wrote. Raises ``TypeError`` or ``ValueError`` on anything else."""
        data = json.loads(text)
        if data["format"] == 1:
            data = _from_format_1(data)
        made = _build(cls, data)
        assert isinstance(made, cls)
        return made


@dataclass(frozen=True)
class Endorsement:
    """A decision as printed on the sealed document: words, name and position of that day.

    ``position_lines`` is one line, or two where the signer acted for the position
    ("รองปลัดเทศบาล รักษาราชการแทน" / "ปลัดเทศบาล"). ``signed_at`` is already in words, in the agency's digits, and so is
    ``acting_order`` ("คำสั่งเทศบาลตำบล… ที่ ๔๑๒/๒๕๖๗ ลงวันที่ …").
    """

    order: int
    name: str
    position_lines: tuple[str, ...]
    words: str
    addressed_to: str
    signed_at: str
    acting_order: str = ""


@dataclass(frozen=True)
class Mark:
    """The code on every page of a document that was presented ("7K3M-9QTX-2HW4") and the address it opens.

    What is known only afterwards stands in the signing log: which ``revision`` it was, in the agency's digits, and the
    SHA-256 of the file that was presented.
    """

    code: str
    url: str
    revision: str = ""
    presented_sha256: str = ""


@dataclass(frozen=True)
class Act:
    """A line of the signing log at the end of the sealed document, all of it in words and in the agency's digits.

    ``pressed`` is what was pressed and agreed to, letter for letter, since the act's hash is of it; ``words`` is the
    opinion written. ``acting`` is the own title of who acted for ``position``, ``acting_order`` by which order.
    ``proof`` is how the person proved who they are; ``seen`` and ``hash`` are the hexadecimal hashes of what was shown
    and of the act itself.
    """

    order: str
    name: str
    position: str
    acting: str
    pressed: str
    at: str
    proof: str
    seen: str
    hash: str
    acting_order: str = ""
    words: str = ""


def _from_format_1(data: dict[str, Any]) -> dict[str, Any]:
    headings = zip(FIVE, data["table"]["columns"], strict=True)
    columns = [{"source": source, "heading": heading} for source, heading in headings]
    return data | {"table": data["table"] | {"columns": columns}}


_SINCE_FORMAT_2: dict[type, tuple[str, ...]] = {
    Content: ("part", "top_mm"),
    Measure: ("indicator", "target", "budget", "percent", "obstacles", "suggestions", "remark"),
    Quarter: ("obstacles", "suggestions"),
}


def _plain(value: Any, *, old: bool) -> Any:
    """``value`` as JSON has it; ``old`` for format 1."""
    if old and isinstance(value, Column):
        return value.heading
    if is_dataclass(value) and not isinstance(value, type):
        new = _SINCE_FORMAT_2.get(type(value), ()) if old else ()
        return {f.name: _plain(getattr(value, f.name), old=old) for f in fields(value) if f.name not in new}
    if isinstance(value, tuple | list):
        return [_plain(item, old=old) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def _build(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        if value is None:
            return None
        (kind,) = (k for k in get_args(kind) if k is not type(None))
    if get_origin(kind) is tuple:
        return tuple(_build(get_args(kind)[0], item) for item in value)
    if kind is date:
        return date.fromisoformat(value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _build(hints[name], item) for name, item in value.items()})  # type: ignore[operator]
    return value

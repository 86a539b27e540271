"""What changed between two frozen contents, text by text, for the person who has to sign again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from measures.bullets import format_lines
from measures.choices import Progress
from measures.dates import long_date
from reports import columns
from reports.content import Content, Evidence, Measure, Quarter

# Thai has no spaces between words: what stands between spaces is compared whole, numbers on their own.
_PIECE: Final = re.compile(r"[0-9๐-๙][0-9๐-๙.,/]*|\s+|[^\s0-9๐-๙]+")
_CONTEXT: Final = 60


@dataclass(frozen=True)
class Piece:
    """A run of text that stayed, was added, or was removed."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class Change:
    """One text of the document that is not what it was; ``under`` names the group and measure it belongs to.

    Groups and measures of different groups may bear the same number, so a number alone says nothing.
    """

    label: str
    pieces: tuple[Piece, ...]
    under: str = ""


Split = Callable[[str], list[str]]
"""How a run of letters without spaces is taken apart into words."""


def changes(before: Content, after: Content, split: Split | None = None) -> list[Change]:
    """Every text that differs, in the order of the document; removed texts last.

    ``split`` takes Thai phrases apart; without it what stands between two spaces is compared whole.
    """
    old = {(where, label): text for where, label, text in _texts(before)}
    new = {(where, label): text for where, label, text in _texts(after)}
    places = [*new, *(place for place in old if place not in new)]
    headings = {**_headings(before), **_headings(after)}
    return [
        Change(
            place[1],
            tuple(_pieces(old.get(place, ""), new.get(place, ""), split)),
            headings.get(place[0], ""),
        )
        for place in places
        if old.get(place, "") != new.get(place, "")
    ]


def _headings(content: Content) -> dict[str, str]:
    """What each measure is called, below the heading of its group."""
    found = {}
    for group in content.table.groups:
        heading = f"{group.heading} › " if group.heading else ""
        for measure in group.measures:
            found[f"{group.key}/{measure.key}"] = f"{heading}{measure.number} {measure.title}"
    return found


def _pieces(old: str, new: str, split: Split | None) -> Iterator[Piece]:
    was, now = _PIECE.findall(old), _PIECE.findall(new)
    if split:
        was, now = ([word for piece in pieces for word in split(piece)] for pieces in (was, now))
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", _shortened("".join(was[a:b])))
            continue
        if a < b:
            yield Piece("removed", "".join(was[a:b]))
        if c < d:
            yield Piece("added", "".join(now[c:d]))


def _shortened(text: str) -> str:
    """What stayed, short enough that the eye finds what did not."""
    if len(text) <= 3 * _CONTEXT:
        return text
    # Cut at spaces where there are any: a Thai word cut in two reads as another.
    head, tail = text[:_CONTEXT], text[-_CONTEXT:]
    head, tail = head.rpartition(" ")[0] or head, tail.partition(" ")[2] or tail
    return f"{head} … {tail}"


def _texts(content: Content) -> Iterator[tuple[str, str, str]]:
    """Where (a key that stays when things move), what people call it, and the text."""
    memo = content.memorandum
    yield "", "หน่วยงาน", _agency(content)
    yield "", "รูปแบบของเอกสาร", _form(content)
    yield "", "ส่วนราชการ", memo.section
    yield "", "ที่", memo.number
    yield "", "วันที่", long_date(memo.date) if memo.date else ""
    yield "", "เรื่อง", memo.subject
    yield "", "เรียน", memo.addressee
    if refers := memo.refers_to:
        day = long_date(refers.date) if refers.date else ""
        yield "", "อ้างถึง", f"{refers.number} {day} {refers.subject}".strip()
    yield "", "คะแนน ITA", memo.ita_score
    yield "", "ค่าเป้าหมาย", memo.ita_target
    for place, section in enumerate(memo.sections, 1):
        name = f"บันทึกข้อความ หัวข้อที่ {place}"
        yield "", name, f"{section.number}. {section.title}\n{section.body}"
        yield "", f"{name} รายการย่อย", format_lines(section.items)
    yield "", "คำลงท้าย", memo.closing
    yield "", "ชื่อตาราง", f"{content.table.title}\n{content.table.subtitle}"
    yield "", "คอลัมน์ของตาราง", columns.words(content.table.columns)
    for group in content.table.groups:
        yield group.key, "มาตรการหลัก", f"{group.number}. {group.title}"
        for measure in group.measures:
            for label, text in _measure(measure):
                yield f"{group.key}/{measure.key}", f"มาตรการ {measure.number} {label}", text
    for signer in content.signers:
        words = f"{signer.position} {signer.name} เรียน {signer.addressed_to} {signer.words}"
        yield "", f"ลำดับการลงนามที่ {signer.order}", words


def _measure(measure: Measure) -> Iterator[tuple[str, str]]:
    yield "ชื่อมาตรการ", measure.title
    yield "ขั้นตอน", "\n".join(f"{s.number}. {s.text}" for s in measure.steps)
    yield "ผู้รับผิดชอบ", measure.units_printed or "\n".join(measure.units)
    due = long_date(measure.due) if measure.due else ""
    yield "กำหนดแล้วเสร็จ", f"{measure.due_text} {due}".strip()
    yield "ความก้าวหน้า", Progress(measure.progress).label if measure.progress else ""
    yield "ร้อยละความก้าวหน้า", "" if measure.percent is None else str(measure.percent)
    yield "ผลลัพธ์/ผลการดำเนินการ", format_lines(measure.results)
    yield "ตัวชี้วัดความสำเร็จ", measure.indicator
    yield "เป้าหมาย", measure.target
    yield "งบประมาณ", measure.budget
    yield "ปัญหา/อุปสรรค", format_lines(measure.obstacles)
    yield "ข้อเสนอแนะ", format_lines(measure.suggestions)
    yield "หมายเหตุ", measure.remark
    for quarter in measure.quarters:
        yield quarter.name, _quarter(quarter)
        yield f"{quarter.name} หลักฐาน", "\n".join(map(_evidence, quarter.evidence))


def _quarter(quarter: Quarter) -> str:
    progress = Progress(quarter.progress).label if quarter.progress else ""
    percent = "" if quarter.percent is None else f"ร้อยละ {quarter.percent}"
    steps = f"ขั้นตอนที่ทำแล้ว {', '.join(map(str, quarter.steps_done))}" if quarter.steps_done else ""
    said = "รายงานแล้ว" if quarter.reported else ""
    span = f"{long_date(quarter.starts)} - {long_date(quarter.ends)}"
    lists = map(format_lines, (quarter.results, quarter.obstacles, quarter.suggestions))
    return "\n".join(
        part for part in (span, said, progress, percent, steps, *lists, quarter.nil_reason) if part
    )


def _evidence(evidence: Evidence) -> str:
    """A file by its name and the beginning of its hash: one put in another's place under the same name is another."""
    where = evidence.url or evidence.filename or f"ภายใน {evidence.uid[:8]}"
    parts = (
        evidence.title,
        where,
        f"({evidence.sha256[:8].upper()})" if evidence.sha256 else "",
        "เผยแพร่" if evidence.public else "ใช้ภายใน",
    )
    return " ".join(part for part in parts if part)


def _agency(content: Content) -> str:
    agency, contact = content.agency, content.agency.contact
    emblem = f"ตราสัญลักษณ์ {agency.emblem_sha256[:8].upper()}" if agency.emblem_sha256 else ""
    reached = (
        contact.address, contact.phone, contact.email, contact.website, contact.complaint_channel, contact.complaint_url
    )  # fmt: skip
    return "\n".join(
        part for part in (agency.name, agency.name_en, agency.province, emblem, *reached) if part
    )


def _form(content: Content) -> str:
    digits = "เลขไทย" if content.thai_digits else "เลขอารบิก"
    rehearsed = " ฉบับซ้อม" if content.is_rehearsal else ""
    return f"{content.span.label} {digits} ขอบบน {content.top_mm} มม.{rehearsed}"

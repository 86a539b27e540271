"""Every text of a report that becomes public, with the name of its place, and what in it looks personal."""

from __future__ import annotations

from collections.abc import Iterator

from measures.bullets import format_lines
from reports.content import Content, Measure
from reports.models import SignOff
from reports.public.personal_data import Finding, findings


def personal(content: Content, signoffs: list[SignOff]) -> list[Finding]:
    """What looks personal, in the order of the document; each text and place once."""
    official = content.agency.contact
    found = (
        finding
        for place, text in [*_texts(content), *_opinions(signoffs)]
        for finding in findings(place, text, official)
    )
    return list(dict.fromkeys(found))


def _opinions(signoffs: list[SignOff]) -> Iterator[tuple[str, str]]:
    for signoff in signoffs:
        yield f"ความเห็นของ{signoff.position_title}", signoff.words


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    memo = content.memorandum
    yield "เรื่อง", memo.subject
    for section in memo.sections:
        place = f"บันทึกข้อความ {section.heading}".strip()
        yield place, section.body
        yield place, format_lines(section.items)
    yield "คำลงท้าย", memo.closing
    yield "ชื่อตาราง", f"{content.table.title}\n{content.table.subtitle}"
    for group in content.table.groups:
        yield f"มาตรการหลัก {group.number}", group.title
        for measure in group.measures:
            yield from _measure(measure)


def _measure(measure: Measure) -> Iterator[tuple[str, str]]:
    place = f"มาตรการ {measure.number}"
    yield place, measure.title
    yield f"{place} ขั้นตอน", "\n".join(step.text for step in measure.steps)
    yield f"{place} ผลการดำเนินการ", format_lines(measure.results)
    yield f"{place} ตัวชี้วัดและเป้าหมาย", f"{measure.indicator}\n{measure.target}\n{measure.remark}"
    yield (
        f"{place} ปัญหาและข้อเสนอแนะ",
        f"{format_lines(measure.obstacles)}\n{format_lines(measure.suggestions)}",
    )
    for quarter in measure.quarters:
        lists = map(format_lines, (quarter.results, quarter.obstacles, quarter.suggestions))
        yield f"{place} {quarter.name}", "\n".join([*lists, quarter.nil_reason])
        for evidence in quarter.evidence:
            if evidence.public:
                yield f"{place} {quarter.name} ชื่อหลักฐาน", f"{evidence.title}\n{evidence.url}"
                yield f"{place} {quarter.name} ชื่อไฟล์", evidence.filename

"""The places of a frozen document that a return can speak of: the whole, a section, the table, a measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reports.content import Content, Group

WHOLE: Final = "document"


@dataclass(frozen=True)
class Spot:
    """A place by its key ("section:2", "measure:m5") and as people call it."""

    key: str
    label: str

    @property
    def measure(self) -> str:
        """The key of the measure it is; "" where it is none."""
        kind, _, key = self.key.partition(":")
        return key if kind == "measure" else ""


def spots(content: Content) -> list[Spot]:
    """Every place of ``content``, in the order of the document."""
    memorandum = content.memorandum
    return [
        Spot(WHOLE, "เอกสารทั้งฉบับ"),
        *(
            Spot(f"section:{place}", f"บันทึกข้อความ {section.heading}".strip())
            for place, section in enumerate(memorandum.sections, 1)
        ),
        Spot("table", "ตาราง หัวตารางและคอลัมน์"),
        *(
            Spot(f"measure:{measure.key}", f"{_of(group)}มาตรการ {measure.number} {measure.title}")
            for group in content.table.groups
            for measure in group.measures
        ),
    ]


def _of(group: Group) -> str:
    """Measures of two groups may bear the same number."""
    return f"มาตรการหลัก {group.number} " if group.title and group.number else ""


def chosen(content: Content, keys: list[str]) -> list[Spot]:
    """Those of ``keys``, in the order of the document. Raises ``KeyError`` where one is no place of it."""
    known = {spot.key: spot for spot in spots(content)}
    wanted = {known[key].key for key in keys}
    return [spot for spot in known.values() if spot.key in wanted]

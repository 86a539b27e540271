"""You come here for the document's twins: the same content as Word, Excel, CSV and JSON.

All are made from :class:`Printed` and from nothing else, and the same document gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reports.content import Content
from reports.document.archival import Attached
from reports.exports.excel import excel
from reports.exports.printed import Printed
from reports.exports.rows import file_stem, table
from reports.exports.tidy_csv import csv_bytes
from reports.exports.word import word

__all__ = ["OFFERED", "TWINS", "Printed", "Twin", "attached", "file_stem"]


@dataclass(frozen=True)
class Twin:
    """A format: how its address and file name end, its media type, what it is, and how it is made."""

    ending: str
    media_type: str
    label: str
    make: Callable[[Printed], bytes]


def attached(content: Content) -> tuple[Attached, ...]:
    """What the PDF carries inside: the canonical JSON it was made from, and its table of measures as CSV."""
    stem, printed = file_stem(content), Printed(content)
    return (
        Attached(
            f"{stem}.json",
            "application/json",
            _json(printed),
            "เนื้อหาของรายงานทั้งฉบับ (JSON) ซึ่งเอกสารนี้จัดทำขึ้น",
            "Source",
        ),
        Attached(
            f"{stem}.csv",
            "text/csv",
            _csv("measures")(printed),
            "ตารางมาตรการและผลการดำเนินการ (CSV)",
            "Data",
        ),
    )


def _json(printed: Printed) -> bytes:
    return printed.content.canonical_json().encode()


def _csv(name: str) -> Callable[[Printed], bytes]:
    return lambda printed: csv_bytes(table(printed.content, name))


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"

TWINS: Final[dict[str, Twin]] = {
    twin.ending: twin
    for twin in (
        Twin(".docx", f"{_OFFICE}.wordprocessingml.document", "Word", word),
        Twin(".xlsx", f"{_OFFICE}.spreadsheetml.sheet", "Excel", excel),
        Twin(".csv", "text/csv; charset=utf-8", "CSV มาตรการ", _csv("measures")),
        Twin("-results.csv", "text/csv; charset=utf-8", "CSV ผลรายงวด", _csv("results")),
        Twin("-steps.csv", "text/csv; charset=utf-8", "CSV ขั้นตอน", _csv("steps")),
        Twin("-evidence.csv", "text/csv; charset=utf-8", "CSV หลักฐาน", _csv("evidence")),
        Twin(".json", "application/json", "JSON", _json),
    )
}
"""The formats there are, by how their addresses end."""

OFFERED: Final = tuple(ending for ending in TWINS if ending != "-evidence.csv")
"""What a page lists for downloading; the files behind the results are listed in their own place."""

"""You come here for the document's twins: the same content as data, to be attached to the PDF or given beside it."""

from __future__ import annotations

from reports.content import Content
from reports.document.archival import Attached
from reports.exports.rows import NAMES, file_stem, table
from reports.exports.tidy_csv import csv_bytes

__all__ = ["attached"]


def attached(content: Content) -> tuple[Attached, ...]:
    """What the PDF carries inside: the canonical JSON it was made from, and its table of measures as CSV."""
    stem = file_stem(content)
    return (
        Attached(
            f"{stem}.json",
            "application/json",
            content.canonical_json().encode(),
            "เนื้อหาของรายงานทั้งฉบับ (JSON) ซึ่งเอกสารนี้จัดทำขึ้น",
            "Source",
        ),
        Attached(
            f"{stem}.csv",
            "text/csv",
            csv_bytes(table(content, NAMES[0])),
            "ตารางมาตรการและผลการดำเนินการ (CSV)",
            "Data",
        ),
    )

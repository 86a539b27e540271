"""You come here to draw the frozen content as HTML: for the PDF, and for the preview of the same pages on a screen.

The page carries no style and no script of its own: ``static/css/print.css`` draws it, which the PDF reads from disk
and a preview links to. In the PDF only the memorandum is drawn from here, the table by ``sheets.py``.
"""

from __future__ import annotations

import base64
from typing import Any, Literal

from django.template.loader import render_to_string

from measures.dates import long_date
from measures.thai import thai_digits
from reports.content import Content, Endorsement
from reports.document import layout
from reports.document.thai_text import dotted, visible

Stage = Literal["draft", "presented", "sealed"]

_NUMBER_BLANK = "." * 24


def document_html(
    content: Content,
    *,
    stage: Stage,
    endorsements: tuple[Endorsement, ...] = (),
    emblem: bytes | None = None,
    stylesheet_url: str = "",
) -> str:
    """The whole document, memorandum and table, as one HTML page.

    ``emblem`` is a PNG, JPEG or SVG; without one a drawn placeholder of the same size stands there.
    ``stylesheet_url`` is linked for a preview on a screen.
    """
    page = {"stylesheet_url": stylesheet_url, "table": _table(content)}
    return render_to_string(
        "print/document.html", _memorandum_page(content, stage, endorsements, emblem) | page
    )


def memorandum_html(
    content: Content,
    *,
    stage: Stage,
    endorsements: tuple[Endorsement, ...] = (),
    emblem: bytes | None = None,
) -> str:
    """The memorandum alone, as an HTML page."""
    return render_to_string("print/document.html", _memorandum_page(content, stage, endorsements, emblem))


def _memorandum_page(
    content: Content, stage: Stage, endorsements: tuple[Endorsement, ...], emblem: bytes | None
) -> dict[str, Any]:
    return {
        "title": visible(content.memorandum.subject),
        "author": visible(content.agency.name),
        "draft": stage == "draft",
        "memorandum": _memorandum(content, endorsements, emblem),
    }


def emblem_url(emblem: bytes) -> str:
    """``emblem`` as a ``data:`` address. Raises ``ValueError`` if it is no PNG, JPEG or SVG."""
    if emblem.startswith(b"\x89PNG"):
        kind = "image/png"
    elif emblem.startswith(b"\xff\xd8"):
        kind = "image/jpeg"
    elif b"<svg" in emblem[:1000]:
        kind = "image/svg+xml"
    else:
        raise ValueError("an emblem is a PNG, JPEG or SVG")
    return f"data:{kind};base64,{base64.b64encode(emblem).decode()}"


def _memorandum(
    content: Content, endorsements: tuple[Endorsement, ...], emblem: bytes | None
) -> dict[str, Any]:
    memo = content.memorandum
    # What the portal writes is in the agency's digits; what people typed is printed as they typed it.
    date = long_date(memo.date) if memo.date else ""
    date = thai_digits(date) if content.thai_digits else date
    return {
        "memo": memo,
        "date": date,
        "emblem": emblem_url(emblem) if emblem else "",
        "section_rules": _rules(memo.section),
        "subject_rules": _rules(memo.subject),
        "number_rules": _rules(memo.number),
        "sections": [
            {
                "heading": f"{dotted(section.number)} {section.title}".strip(),
                "paragraphs": section.body.splitlines(),
                "items": tuple(layout.lines(section.items)),
            }
            for section in memo.sections
        ],
        "author": layout.author_signature(content, endorsements),
        "endorsements": layout.endorsement_rows(content, endorsements),
        "continued": f"บันทึกข้อความ ที่ {memo.number or _NUMBER_BLANK} ลงวันที่ {date or _NUMBER_BLANK} (ต่อ)",
    }


def _rules(text: str) -> range:
    """More dotted lines than ``text`` can fill; those below its last line are cut off."""
    return range(len(text) // 20 + 2)


def _table(content: Content) -> dict[str, Any]:
    groups = [
        {
            "heading": f"{dotted(group.number)} {group.title}".strip() if group.title else "",
            "rows": [
                {
                    "measure": measure,
                    "steps": tuple(layout.step_lines(measure)),
                    "results": tuple(layout.lines(measure.results)),
                    "units": layout.units(measure),
                }
                for measure in group.measures
            ],
        }
        for group in content.table.groups
    ]
    return {"table": content.table, "groups": groups}

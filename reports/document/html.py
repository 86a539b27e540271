"""You come here to draw the frozen content as HTML, for a preview of the document on a screen.

The page carries no style and no script of its own; a preview links to ``static/css/print.css``, which draws the form as
``memorandum`` and ``table`` do in the PDF.
"""

from __future__ import annotations

import base64
from typing import Any

from django.template.loader import render_to_string

from measures.numbering import dotted
from reports import columns
from reports.content import Content, Endorsement
from reports.document import layout
from reports.document.layout import Stage
from reports.document.thai_text import visible


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
    context = {
        "title": visible(content.memorandum.subject),
        "author": visible(content.agency.name),
        "draft": stage == "draft",
        "stylesheet_url": stylesheet_url,
        "memorandum": _memorandum(content, endorsements, emblem),
        "table": _table(content),
    }
    return render_to_string("print/document.html", context)


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
    return {
        "memo": memo,
        "date": layout.date_printed(content),
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
        "continued": layout.continued(content),
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
                    "units": columns.units(measure),
                }
                for measure in group.measures
            ],
        }
        for group in content.table.groups
    ]
    return {"table": content.table, "groups": groups}

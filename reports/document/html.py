"""You come here to draw the frozen content as HTML: for the PDF, and for the preview of the same pages on a screen."""

from __future__ import annotations

from typing import Literal

from reports.content import Content, Endorsement

Stage = Literal["draft", "presented", "sealed"]


def document_html(
    content: Content,
    *,
    stage: Stage,
    endorsements: tuple[Endorsement, ...] = (),
    emblem: bytes | None = None,
) -> str:
    """The whole document, memorandum and table, as one self-contained HTML page."""
    raise NotImplementedError

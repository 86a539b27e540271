"""You come here to turn frozen content into PDF bytes; the same content gives the same bytes."""

from __future__ import annotations

from reports.content import Content, Endorsement
from reports.document.html import Stage


def render_pdf(
    content: Content,
    *,
    stage: Stage,
    endorsements: tuple[Endorsement, ...] = (),
    emblem: bytes | None = None,
) -> bytes:
    """The document as PDF. Raises ``UnprintableText`` where no font has a letter of it."""
    raise NotImplementedError


def page_count(pdf: bytes) -> int:
    """How many pages a PDF made by :func:`render_pdf` has."""
    raise NotImplementedError

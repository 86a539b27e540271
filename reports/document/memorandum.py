"""You come here for the pages of the memorandum: its letterhead, the text with an even right edge, the signatures."""

from __future__ import annotations

from reports.content import Content, Endorsement
from reports.document import layout
from reports.document.letterhead import put_letterhead
from reports.document.paragraphs import Setter
from reports.document.portrait import Portrait
from reports.document.prose import put_text
from reports.document.sheet import Sheet
from reports.document.signatures import author_height, put_author, put_endorsements
from reports.document.structure import Element


def sheets(
    content: Content,
    endorsements: tuple[Endorsement, ...],
    setter: Setter,
    structure: Element,
    *,
    draft: bool,
) -> list[Sheet]:
    """The pages of ``content``'s memorandum as signed so far, marked on each if it is a draft."""
    pages = Portrait(content, setter, structure, draft=draft)
    author = layout.author_signature(content, endorsements)
    put_letterhead(pages, content)
    put_text(pages, content.memorandum, signature=author_height(pages, author))
    if author:
        put_author(pages, author)
    if rows := layout.endorsement_rows(content, endorsements):
        put_endorsements(pages, layout.continued(content), rows)
    return pages.sheets

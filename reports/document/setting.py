"""You come here for the whole document as sheets: what ``pdf`` writes and ``screen`` shows.

Import it only inside ``engine.in_turn()``, which tells Pango its fonts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from reports.content import Act, Content, Endorsement, Mark
from reports.document import fonts, log, memorandum, stamp, table
from reports.document.engine import font_directory
from reports.document.length import check_length
from reports.document.paragraphs import Setter
from reports.document.sheet import Sheet
from reports.document.structure import Element

Part = Literal["memorandum", "table"]


@dataclass(frozen=True)
class Written:
    """The sheets in order, and how they are read aloud."""

    sheets: list[Sheet]
    structure: Element


def set_document(
    content: Content,
    font_config: Any,
    *,
    endorsements: tuple[Endorsement, ...] = (),
    mark: Mark | None = None,
    acts: tuple[Act, ...] = (),
    draft: bool,
    parts: tuple[Part, ...] = ("memorandum", "table"),
) -> Written:
    """Place every line of the asked ``parts``, then the log of ``acts``, and the ``mark`` below those of each page.

    A rehearsal says so on each.

    Raises ``TooLong`` before any is placed, ``UnprintableText`` where no font has a letter.
    """
    check_length(content)
    setter = Setter(font_config)
    structure = Element("Document")
    sheets: list[Sheet] = []
    if "memorandum" in parts:
        sheets += memorandum.sheets(content, endorsements, setter, structure.add("Part"), draft=draft)
    if "table" in parts:
        sheets += table.sheets(content, setter, structure.add("Part"), draft=draft)
    if acts:
        sheets += log.sheets(content, acts, mark, setter, structure.add("Part"))
    if mark:
        stamp.put_mark(sheets, mark, setter, structure, aloud=not acts)
    if content.is_rehearsal:
        stamp.put_rehearsal(sheets, setter, structure)
    fonts.check_printable(setter.letters, font_directory())
    return Written(sheets, structure)

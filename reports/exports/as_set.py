"""You come here for what only the setting of the PDF tells: the table's columns, and where the endorsements stand.

So that Word and Excel share a page among the columns as the PDF does, and part their pages at the same places.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.document import layout
from reports.document.engine import in_turn
from reports.document.fonts import UnprintableText
from reports.document.length import check_length
from reports.exports.printed import Printed


@dataclass(frozen=True)
class AsSet:
    """The columns' ``widths`` and the size of their letters in points, and whether the endorsements have own pages."""

    widths: tuple[float, ...]
    points: int
    endorsed_apart: bool


def as_set(printed: Printed) -> AsSet:
    """How the PDF is set. Raises ``TooLong`` before anything is, ``FontsMissing`` where the fonts were not built."""
    check_length(printed.content)
    with in_turn() as font_config:
        from reports.document.paragraphs import Setter  # noqa: PLC0415 -- these after the engine has its fonts
        from reports.document.table.widths import form_of  # noqa: PLC0415

        content = printed.content
        form = form_of(content.table, Setter(font_config), thai=content.thai_digits)
        return AsSet(form.widths, form.points, _endorsed_apart(printed, font_config))


def _endorsed_apart(printed: Printed, font_config: object) -> bool:
    from reports.document import setting  # noqa: PLC0415 -- after the engine has its fonts

    try:
        written = setting.set_document(
            printed.content,
            font_config,
            endorsements=printed.endorsements,
            draft=False,
            parts=("memorandum",),
        )
    except UnprintableText:
        # Word may have fonts that the PDF has not; where they would stand nobody knows, and most need a page.
        return True
    head = layout.continued(printed.content)
    words = (text.line.words for sheet in written.sheets[1:] for text in sheet.texts)
    return any(len(said) > len("บันทึกข้อความ") and head.startswith(said) for said in words)

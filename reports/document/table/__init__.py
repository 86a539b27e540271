"""You come here for the pages of the table: rows set side by side in lines, whole where they fit, cut where they must.

``widths`` shares the page among the columns, ``cells`` sets what stands in them, ``parts`` cuts what is longer than a
page, ``pages`` draws. Lengths are points from the upper left corner of an A4 page on its side.
"""

from __future__ import annotations

from reports.content import Content
from reports.document.paragraphs import Setter
from reports.document.sheet import Sheet
from reports.document.structure import Element
from reports.document.table.pages import TablePages
from reports.document.table.widths import form_of


def sheets(content: Content, setter: Setter, structure: Element, *, draft: bool) -> list[Sheet]:
    """The pages of ``content``'s table, marked on each if it is a draft; ``structure`` gets how it is read aloud."""
    table, thai = content.table, content.thai_digits
    form = form_of(table, setter, thai=thai)
    pages = TablePages(setter, structure, form, draft=draft, thai=thai)
    pages.title(table.title, table.subtitle)
    pages.column_headings(tuple(column.heading for column in table.columns))
    for group in table.groups:
        pages.group(group)
    return pages.sheets

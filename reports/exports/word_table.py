"""You come here for the Word document's second part: the table of measures, on pages of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reports import columns
from reports.content import Content, Measure
from reports.document import layout
from reports.exports import word_styles as styles
from reports.exports.as_set import AsSet
from reports.exports.printed import lines_of
from reports.exports.word_xml import Style, cell, paragraph, row, run, table

_SIDES: Final = 11.8  # of a cell: padding and rules
_LINES_OF_A_PAGE: Final = 24  # a longer row may be parted; less than fit, since lines are only estimated


def titled_table(content: Content, form: AsSet) -> Iterator[str]:
    """Its title and the table as XML."""
    titles = [text for text in (content.table.title, content.table.subtitle) if text]
    for place, text in enumerate(titles, 1):
        yield paragraph(styles.TABLE_TITLE, run(text), after=7 if place == len(titles) else 0)
    yield table(list(_rows(content, form)), form.widths, style="TableGrid", caption=content.table.title)
    yield paragraph(styles.SPACER)  # Word wants a paragraph below a table


def _rows(content: Content, form: AsSet) -> Iterator[str]:
    headings = [paragraph(styles.TABLE_HEADING, run(column.heading)) for column in content.table.columns]
    yield row(
        [cell(text, width, middle=True) for text, width in zip(headings, form.widths, strict=True)],
        whole=True,
        repeated=True,
    )
    for group in content.table.groups:
        if group.heading:
            heading = paragraph(styles.GROUP, run(group.heading))
            yield row([cell(heading, sum(form.widths), over=len(form.widths))], whole=True)
        for measure in group.measures:
            yield _measure(measure, content, form)


def _measure(measure: Measure, content: Content, form: AsSet) -> str:
    cells = [
        (columns.cell(measure, column.source, thai=content.thai_digits), width)
        for column, width in zip(content.table.columns, form.widths, strict=True)
    ]
    lines = max((lines_of(bullets, width - _SIDES, form.points) for bullets, width in cells), default=0)
    plain = [
        styles.CELL_NUMBER if column.source in columns.NUMBERS else styles.CELL
        for column in content.table.columns
    ]
    texts = [
        "".join(_entry(line, style) for line in layout.lines(bullets))
        for (bullets, _), style in zip(cells, plain, strict=True)
    ]
    made = [cell(text, width) for text, width in zip(texts, form.widths, strict=True)]
    return row(made, whole=lines <= _LINES_OF_A_PAGE)


def _entry(line: layout.Line, plain: Style) -> str:
    """An entry of a list, hanging behind its marker; one without has the ``plain`` style."""
    text = run(f"{line.marker} {line.text}".strip())
    if not line.marker and not line.depth:
        return paragraph(plain, text)
    hang = layout.HANGS[line.width]
    return paragraph(
        styles.CELL_LIST, text, left=min(line.depth, layout.DEEPEST) * layout.DEEPER + hang, first=-hang
    )

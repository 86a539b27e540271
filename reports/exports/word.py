"""You come here to write the document as Word: to be edited, with real styles, and to print as the PDF does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image

from measures.numbering import dotted
from reports import columns
from reports.content import Content, Measure, Table
from reports.document import layout
from reports.document.layout import Signature
from reports.exports import word_styles as styles
from reports.exports.packed import day_of, packed
from reports.exports.placeholder import placeholder
from reports.exports.printed import Printed, lines_of, widths
from reports.exports.safe_text import legal
from reports.exports.word_xml import CM, Style, elements, field, paragraph, run, twips

_HALF: Final = 8 * CM
_SIGNED: Final = 2 * CM  # room for a signature
_EMBLEM: Final = 1.5 * CM
_BETWEEN_PAIRS: Final = 16.0
_TABLE_WIDTH: Final = 25.7 * CM
_SIDES: Final = 11.8  # of a cell: padding and rules
_LINES_OF_A_PAGE: Final = 24  # a longer row may be parted; less than fit, since lines are only estimated
_HANGS: Final = (0.0, 6.0, 11.5, 17.5, 22.0)  # by the width class of a marker
_DEEPER: Final = 8.0


def word(printed: Printed) -> bytes:
    """The whole document, memorandum and table, as .docx; the same document gives the same bytes."""
    content = printed.content
    document = Document()
    _replace(document.styles.element, styles.styles_xml())
    _properties(document, content)
    _portrait(document.sections[0], content)
    _header(document.sections[0], printed, below=1.6 * CM - styles.PAGE_NUMBER.line)
    _append(document, "".join(_memorandum(printed)))
    _append_emblem(document, printed.emblem or placeholder())
    _landscape(document.add_section(WD_SECTION.NEW_PAGE))
    document.paragraphs[-1].style = document.styles[styles.SPACER.name]
    _header(document.sections[-1], printed, below=0)
    _append(document, "".join(_table(content)))
    file = BytesIO()
    document.save(file)
    return packed(file.getvalue(), content)


# --- the memorandum ---------------------------------------------------------------------------------------------


def _memorandum(printed: Printed) -> Iterator[str]:
    content = printed.content
    yield from _letterhead(content)
    yield from _text(content)
    if author := layout.author_signature(content, printed.endorsements):
        yield from _signature(author, styles.MARK, styles.SIGNATURE)
    if pairs := layout.endorsement_rows(content, printed.endorsements):
        yield paragraph(styles.CONTINUED, run(layout.continued(content)), page_before=True)
        yield _endorsements(pairs)


def _letterhead(content: Content) -> Iterator[str]:
    memo = content.memorandum
    yield paragraph(styles.TITLE, run("บันทึกข้อความ"))
    yield paragraph(styles.FIELD, *_field("ส่วนราชการ", memo.section))
    number, date = _field("ที่", memo.number), _field("วันที่", layout.date_printed(content))
    yield paragraph(styles.REGISTER, *number, run("\t"), *date)
    yield paragraph(styles.SUBJECT, *_field("เรื่อง", memo.subject))
    yield paragraph(styles.ADDRESSEE, run(f"เรียน  {memo.addressee}"))


def _field(label: str, value: str) -> tuple[str, ...]:
    """A label, and its value on a dotted line as far as the next stop."""
    return run(label, styles.LABEL), run("\t"), run(f"{value}\t", styles.VALUE)


def _text(content: Content) -> Iterator[str]:
    """The sections and the closing, which keeps with it the last paragraph before."""
    memo = content.memorandum
    made: list[tuple[Style, str]] = []
    for section in memo.sections:
        if heading := f"{dotted(section.number)} {section.title}".strip():
            made.append((styles.HEADING, heading))
        made += [(styles.TEXT, line) for line in section.body.splitlines() if line.strip()]
        for item in layout.lines(section.items):
            style = styles.ITEMS[min(item.depth, len(styles.ITEMS) - 1)]
            made.append((style, f"{item.marker} {item.text}".strip()))
    for place, (style, text) in enumerate(made, 1):
        yield paragraph(style, run(text), keep_next=style.keep_next or place == len(made))
    if memo.closing:
        yield paragraph(styles.CLOSING, run(memo.closing))


def _signature(signature: Signature, mark: Style, below: Style, above: float = 0) -> Iterator[str]:
    """The act at the foot of its room, then name and position; they stay together, ``above`` from what is before."""
    texts = (f"({signature.name})", *signature.position_lines, signature.date_line)
    lines = [(mark, text) for text in signature.mark] + [(below, text) for text in texts if text]
    space = above + max(0.0, _SIGNED - len(signature.mark) * mark.line)
    for place, (style, text) in enumerate(lines):
        last = place == len(lines) - 1
        yield paragraph(style, run(text), before=0 if place else space, keep_next=not last)


def _endorsements(pairs: list[tuple[Signature | None, Signature | None]]) -> str:
    """The signatures two in a row, in a table without lines."""
    rows: list[str] = []
    for pair in pairs:
        above = _BETWEEN_PAIRS if rows else 0
        if any(cell and cell.words for cell in pair):
            words = [_words(cell.words if cell else (), above) for cell in pair]
            rows.append(_row([_cell(text, _HALF) for text in words], whole=True))
            above = 0
        acts = [
            "".join(_signature(cell, styles.NAME_MARK, styles.NAME, above)) if cell else "" for cell in pair
        ]
        rows.append(_row([_cell(text, _HALF) for text in acts], whole=True))
    return _table_of(rows, (_HALF, _HALF), style="TableNormal", caption="ความเห็น/ข้อสั่งการ")


def _words(words: Iterable[str], above: float) -> str:
    lines = list(words) or [""]
    return "".join(
        paragraph(styles.WORDS, run(line), before=0 if place else above) for place, line in enumerate(lines)
    )


# --- the table --------------------------------------------------------------------------------------------------


def _table(content: Content) -> Iterator[str]:
    table = content.table
    titles = [text for text in (table.title, table.subtitle) if text]
    for place, text in enumerate(titles, 1):
        yield paragraph(styles.TABLE_TITLE, run(text), after=7 if place == len(titles) else 0)
    edges = widths(table.columns, _TABLE_WIDTH)
    yield _table_of(list(_rows(content, edges)), edges, style="TableGrid", caption=table.title)
    yield paragraph(styles.SPACER)  # Word wants a paragraph below a table


def _rows(content: Content, edges: tuple[float, ...]) -> Iterator[str]:
    table = content.table
    headings = [paragraph(styles.TABLE_HEADING, run(column.heading)) for column in table.columns]
    yield _row(
        [_cell(text, width, middle=True) for text, width in zip(headings, edges, strict=True)],
        whole=True,
        repeated=True,
    )
    for group in table.groups:
        if group.title:
            heading = paragraph(styles.GROUP, run(f"{dotted(group.number)} {group.title}".strip()))
            yield _row([_cell(heading, _TABLE_WIDTH, over=len(edges))], whole=True)
        for measure in group.measures:
            yield _measure(measure, table, edges, thai=content.thai_digits)


def _measure(measure: Measure, table: Table, edges: tuple[float, ...], *, thai: bool) -> str:
    cells = [columns.cell(measure, column.source, thai=thai) for column in table.columns]
    lines = max(
        (lines_of(cell, width - _SIDES, styles.CELL.size) for cell, width in zip(cells, edges, strict=True)),
        default=0,
    )
    texts = ["".join(_entry(line) for line in layout.lines(cell)) for cell in cells]
    return _row(
        [_cell(text, width) for text, width in zip(texts, edges, strict=True)],
        whole=lines <= _LINES_OF_A_PAGE,
    )


def _entry(line: layout.Line) -> str:
    """An entry of a list, hanging behind its marker; a plain one stands at the edge."""
    text = run(f"{line.marker} {line.text}".strip())
    if not line.marker and not line.depth:
        return paragraph(styles.CELL, text)
    hang = _HANGS[line.width]
    return paragraph(styles.CELL_LIST, text, left=min(line.depth, 4) * _DEEPER + hang, first=-hang)


# --- tables in Word's words -------------------------------------------------------------------------------------


def _table_of(rows: list[str], edges: tuple[float, ...], *, style: str, caption: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in edges)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{twips(sum(edges))}" w:type="dxa"/>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val={quoteattr(legal(caption))}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: list[str], *, whole: bool, repeated: bool = False) -> str:
    """``whole``: never parted by the end of a page. ``repeated``: again on each page."""
    properties = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if repeated else "")
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(paragraphs: str, width: float, *, over: int = 1, middle: bool = False) -> str:
    span = f'<w:gridSpan w:val="{over}"/>' if over > 1 else ""
    align = '<w:vAlign w:val="center"/>' if middle else ""
    inside = paragraphs or paragraph(styles.CELL)
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{span}{align}</w:tcPr>{inside}</w:tc>'


# --- the file ---------------------------------------------------------------------------------------------------


def _append(document: Any, xml: str) -> None:
    last = document.element.body.sectPr
    for made in elements(xml):
        last.addprevious(made)


def _replace(element: Any, xml: str) -> None:
    """Put the elements of ``xml`` in the place of all that is in ``element``."""
    for child in list(element):
        element.remove(child)
    element.extend(elements(xml))


def _portrait(section: Any, content: Content) -> None:
    section.page_width, section.page_height = Pt(21 * CM), Pt(29.7 * CM)
    section.left_margin, section.right_margin, section.bottom_margin = Pt(3 * CM), Pt(2 * CM), Pt(2 * CM)
    section.top_margin = Pt(content.top_mm / 10 * CM)
    section.header_distance, section.footer_distance = Pt(1.4 * CM), Pt(CM)


def _landscape(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Pt(29.7 * CM), Pt(21 * CM)
    section.left_margin = section.right_margin = Pt(2 * CM)
    section.top_margin, section.bottom_margin = Pt(2.2 * CM), Pt(1.5 * CM)
    section.header_distance, section.footer_distance = Pt(1.2 * CM), Pt(0.8 * CM)


def _header(section: Any, printed: Printed, *, below: float) -> None:
    """Page numbers from the section's second page; ``below`` is the room from the number to the text."""
    section.different_first_page_header_footer = True
    form = "thaiNumbers" if printed.content.thai_digits else "decimal"
    (numbering,) = elements(f'<w:pgNumType w:fmt="{form}" w:start="1"/>')
    section._sectPr.find(qn("w:pgMar")).addnext(numbering)
    draft = paragraph(styles.DRAFT, run("ฉบับร่าง")) if printed.stage == "draft" else ""
    number = paragraph(styles.PAGE_NUMBER, run("- "), field("PAGE"), run(" -"))
    room = paragraph(styles.SPACER, line=below) if below else ""
    for header, xml in (
        (section.first_page_header, draft + paragraph(styles.SPACER)),
        (section.header, draft + number + room),
    ):
        header.is_linked_to_previous = False
        _replace(header._element, xml)


def _append_emblem(document: Any, emblem: bytes) -> None:
    """The emblem at the upper left of the text, behind the line of the title: as large as fits in 3 × 1.5 cm."""
    place, _ = document.part.get_or_add_image(BytesIO(emblem))
    width, height = Image.open(BytesIO(emblem)).size
    scale = min(2 * _EMBLEM / width, _EMBLEM / height)
    size = f'cx="{Pt(width * scale)}" cy="{Pt(height * scale)}"'
    (drawing,) = elements(_ANCHORED.format(size=size, place=place))
    title = document.paragraphs[0]._p
    title.insert(1, drawing)


_ANCHORED: Final = (
    '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" '
    'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    '<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
    '<wp:docPr id="1" name="emblem" descr="ตราสัญลักษณ์"/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="1" name="emblem.png"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{place}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
)


def _properties(document: Any, content: Content) -> None:
    """What the file says about itself; nothing of the day or the machine it was made on."""
    properties = document.core_properties
    properties.title, properties.author = legal(content.memorandum.subject), legal(content.agency.name)
    properties.last_modified_by, properties.comments, properties.language = properties.author, "", "th-TH"
    properties.created = properties.modified = day_of(content)
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # of the empty page that python-docx begins with
            del package.rels[key]

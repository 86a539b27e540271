"""You come here to write the document as Word: to be edited, with real styles, and to print as the PDF does."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image

from measures.safe_text import legal
from reports.content import REHEARSAL, Content
from reports.document import layout
from reports.exports import word_styles as styles
from reports.exports.as_set import as_set
from reports.exports.packed import day_of, packed
from reports.exports.placeholder import placeholder
from reports.exports.printed import Printed
from reports.exports.word_memorandum import memorandum
from reports.exports.word_table import titled_table
from reports.exports.word_xml import CM, FONTS, SETTINGS, elements, field, paragraph, run

_EMBLEM: Final = 1.5 * CM


def word(printed: Printed) -> bytes:
    """The whole document, memorandum and table, as .docx; the same document gives the same bytes."""
    content, form = printed.content, as_set(printed)
    document = Document()
    _replace(document.styles.element, styles.styles_xml(form.points))
    _tidy_up(document)
    _properties(document, content)
    _portrait(document.sections[0], content)
    _header(document.sections[0], printed, below=1.6 * CM - styles.PAGE_NUMBER.line)
    _append(document, "".join(memorandum(printed, apart=form.endorsed_apart)))
    _append_emblem(document, printed.emblem or placeholder())
    _landscape(document.add_section(WD_SECTION.NEW_PAGE))
    document.paragraphs[-1].style = document.styles[styles.SPACER.name]
    _header(document.sections[-1], printed, below=0)
    _append(document, "".join(titled_table(content, form)))
    file = BytesIO()
    document.save(file)
    return packed(file.getvalue(), content)


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
    words = [REHEARSAL] * printed.content.is_rehearsal + ["ฉบับร่าง"] * (printed.stage == "draft")
    marks = paragraph(styles.DRAFT, run(" · ".join(words))) if words else ""
    number = paragraph(styles.PAGE_NUMBER, run("- "), field("PAGE"), run(" -"))
    room = paragraph(styles.SPACER, line=below) if below else ""
    for header, xml in (
        (section.first_page_header, marks + paragraph(styles.SPACER)),
        (section.header, marks + number + room),
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
    properties.title = legal(layout.title(content))[:_LONGEST_PROPERTY]
    properties.author = legal(content.agency.name)[:_LONGEST_PROPERTY]
    properties.last_modified_by, properties.comments, properties.language = properties.author, "", "th-TH"
    properties.created = properties.modified = day_of(content)


_LONGEST_PROPERTY: Final = 255  # Word takes no more

_UNASKED: Final = (
    "thumbnail",
    "extended-properties",
    "customXml",
    "numbering",
    "stylesWithEffects",
    "webSettings",
)
"""What python-docx begins with and this document has no use for."""


def _tidy_up(document: Any) -> None:
    """Leave of the beginning's parts those that say something true of this document."""
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in _UNASKED:
                del part.rels[key]
    _replace(document.settings.element, SETTINGS)
    fonts = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/fontTable"))
    fonts._blob = FONTS.encode()

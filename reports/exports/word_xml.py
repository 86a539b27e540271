"""You come here for the few elements of WordprocessingML that a Thai official document needs, as text.

Lengths are points; Word counts in twentieths of them. The order of elements is the schema's: Word refuses another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from measures.safe_text import legal

FONT: Final = "TH SarabunPSK"
CM: Final = 72 / 2.54

FONTS: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<w:fonts {nsdecls("w")}><w:font w:name="{FONT}"><w:altName w:val="TH Sarabun New"/><w:charset w:val="DE"/>'
    '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)
"""The part that says what stands in where the font is missing."""

SETTINGS: Final = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:bidi="th-TH"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)
"""Set as today's Word does, not in a compatibility mode."""

Align = Literal["left", "center", "right", "thaiDistribute"]


@dataclass(frozen=True)
class Style:
    """A paragraph's style: its name as Word shows it, its letters, and how it stands on the page.

    ``line`` is the pitch, kept exactly unless ``at_least``; ``first`` indents the first line against ``left`` (below 0:
    the others hang). ``outline`` is a heading's level from 1, 0 for text. A paragraph that is ``pinned`` so far below
    the page's upper edge stands at the right margin and takes no room from the text.
    """

    name: str
    size: float = 16
    line: float = 18.1
    at_least: bool = False
    bold: bool = False
    align: Align = "left"
    before: float = 0
    after: float = 0
    left: float = 0
    first: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    outline: int = 0
    tabs: tuple[tuple[str, float], ...] = ()
    following: str = ""
    pinned: float = 0

    @property
    def id(self) -> str:
        return self.name.title().replace(" ", "")

    def like(self, name: str, **changes: Any) -> Style:
        """Another style of that name, with changes."""
        return replace(self, name=name, **changes)


def twips(points: float) -> int:
    return round(points * 20)


def elements(xml: str) -> list[Any]:
    """The elements written in ``xml``, which may use the prefixes w, r, a, pic and wp."""
    return list(parse_xml(f"<w:all {nsdecls('w', 'r', 'a', 'pic', 'wp')}>{xml}</w:all>"))


def style_xml(style: Style) -> str:
    """The definition of ``style``; all but Normal itself are made from Normal."""
    normal = style.name == "Normal"
    outline = f'<w:outlineLvl w:val="{style.outline - 1}"/>' if style.outline else ""
    based = "" if normal else '<w:basedOn w:val="Normal"/>'
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"{_DEFAULT if normal else ""}>'
        f'<w:name w:val="{_built_in(style.name)}"/>{based}{following}<w:qFormat/>'
        f"<w:pPr>{_flags(style)}{_tabs(style)}{_spacing(style)}{_indent(style)}"
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{_letters(style.size, bold=style.bold)}</w:rPr></w:style>"
    )


def letters_xml(name: str, size: float, *, bold: bool = False, underline: str = "") -> str:
    """The definition of a style of letters."""
    return (
        f'<w:style w:type="character" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{_letters(size, bold=bold, underline=underline)}</w:rPr></w:style>"
    )


def defaults_xml() -> str:
    """The letters that everything begins with: Thai is a complex script to Word and has its own font and size."""
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" '
        f'w:cs="{FONT}"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="th-TH" w:bidi="th-TH"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def run(text: str, style: str = "") -> str:
    """A stretch of letters; a tab and a line end are what they are."""
    letters = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    parts = (
        escape(legal(text))
        .replace("\t", _CLOSE + "<w:tab/>" + _OPEN)
        .replace("\n", _CLOSE + "<w:br/>" + _OPEN)
    )
    return f"<w:r>{letters}{_OPEN}{parts}{_CLOSE}</w:r>".replace(_OPEN + _CLOSE, "")


def field(instruction: str) -> str:
    """A field that Word computes, such as the page's number."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(style: Style, *runs: str, **changes: Any) -> str:
    """A paragraph of ``style``, where it differs from it as ``changes`` say (``keep_next``, ``before``, ``left``, …).

    ``page_before`` begins a page.
    """
    page = "<w:pageBreakBefore/>" if changes.pop("page_before", False) else ""
    own = style.like(style.name, **changes)
    spacing = (
        _spacing(own) if (own.before, own.after, own.line) != (style.before, style.after, style.line) else ""
    )
    indent = _indent(own) if (own.left, own.first) != (style.left, style.first) else ""
    align = f'<w:jc w:val="{own.align}"/>' if own.align != style.align else ""
    keep = "<w:keepNext/>" if own.keep_next and not style.keep_next else ""
    properties = f'<w:pStyle w:val="{style.id}"/>{keep}{page}{spacing}{indent}{align}'
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def table(rows: list[str], edges: tuple[float, ...], *, style: str, caption: str) -> str:
    """Rows in columns so wide; ``caption`` is read aloud."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in edges)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{twips(sum(edges))}" w:type="dxa"/>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val={quoteattr(legal(caption))}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells: list[str], *, whole: bool, repeated: bool = False) -> str:
    """``whole``: never parted by the end of a page. ``repeated``: again on each page."""
    properties = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if repeated else "")
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(paragraphs: str, width: float, *, over: int = 1, middle: bool = False) -> str:
    """A cell ``over`` so many columns, its text at the top or in the middle."""
    span = f'<w:gridSpan w:val="{over}"/>' if over > 1 else ""
    align = '<w:vAlign w:val="center"/>' if middle else ""
    inside = paragraphs or "<w:p/>"  # a cell ends with a paragraph
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{span}{align}</w:tcPr>{inside}</w:tc>'


_DEFAULT: Final = ' w:default="1"'
_OPEN, _CLOSE = '<w:t xml:space="preserve">', "</w:t>"


def _built_in(name: str) -> str:
    """Word knows its headings by a name in small letters."""
    return name.lower() if name.startswith("Heading") else name


def _flags(style: Style) -> str:
    keep_next = "<w:keepNext/>" if style.keep_next else ""
    keep_lines = "<w:keepLines/>" if style.keep_lines else ""
    return f"{keep_next}{keep_lines}{_pin(style)}<w:widowControl/>"


def _pin(style: Style) -> str:
    if not style.pinned:
        return ""
    place = f'w:vAnchor="page" w:y="{twips(style.pinned)}" w:hAnchor="margin" w:xAlign="right"'
    return f'<w:framePr w:wrap="around" {place}/>'


def _tabs(style: Style) -> str:
    stops = "".join(f'<w:tab w:val="{kind}" w:pos="{twips(at)}"/>' for kind, at in style.tabs)
    return f"<w:tabs>{stops}</w:tabs>" if stops else ""


def _spacing(style: Style) -> str:
    rule = "atLeast" if style.at_least else "exact"
    return (
        f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}" '
        f'w:line="{twips(style.line)}" w:lineRule="{rule}"/>'
    )


def _indent(style: Style) -> str:
    first = (
        f'w:firstLine="{twips(style.first)}"' if style.first >= 0 else f'w:hanging="{twips(-style.first)}"'
    )
    return f'<w:ind w:left="{twips(style.left)}" {first}/>'


def _letters(size: float, *, bold: bool, underline: str = "") -> str:
    half_points = round(size * 2)
    line = f'<w:u w:val="{underline}"/>' if underline else ""
    weight = "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    return f'{weight}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>{line}'

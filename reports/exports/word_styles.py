"""You come here for how the Word document looks: the styles of the official form, under names that a clerk knows."""

from __future__ import annotations

from typing import Final

from reports.exports.word_xml import CM, Style, defaults_xml, letters_xml, style_xml

NORMAL: Final = Style("Normal")
TITLE: Final = Style("Title", size=29, line=35, bold=True, align="center", before=4.6, after=4)
# A stop at the very margin would push the dots to a line of their own.
_MARGIN: Final = ("right", 16 * CM - 0.5)
FIELD: Final = Style("Memo Field", line=23, left=71.6, first=-71.6, tabs=(_MARGIN,))
REGISTER: Final = Style(
    "Memo Register",
    line=23,
    tabs=(("left", 14), ("left", 8 * CM - 6), ("left", 8 * CM), ("left", 8 * CM + 29.6), _MARGIN),
)
SUBJECT: Final = FIELD.like("Memo Subject", line=18.1, at_least=True, left=30.2, first=-30.2)
ADDRESSEE: Final = Style("Memo Addressee", before=6)
HEADING: Final = Style(
    "Heading 1",
    bold=True,
    before=6,
    first=2.5 * CM,
    keep_next=True,
    keep_lines=True,
    outline=1,
    following="BodyText",
)
TEXT: Final = Style("Body Text", first=2.5 * CM, align="thaiDistribute")
ITEMS: Final = tuple(
    TEXT.like(name, first=first * CM) for name, first in (("List", 3.25), ("List 2", 4), ("List 3", 4.75))
)
CLOSING: Final = Style("Closing", before=12, first=2.5 * CM, keep_next=True, keep_lines=True)
SIGNATURE: Final = Style("Signature", align="center", left=8 * CM, keep_next=True, keep_lines=True)
MARK: Final = SIGNATURE.like("Signature Mark", size=13, line=14.7)
CONTINUED: Final = Style("Memo Continued", size=14, after=16)
WORDS: Final = Style("Endorsement", keep_next=True, keep_lines=True)
# Its row stays whole by itself; kept with the next one too, all signers of a town would have to fit on one page.
NAME: Final = WORDS.like("Endorsement Name", align="center", keep_next=False)
NAME_MARK: Final = NAME.like("Endorsement Mark", size=13, line=14.7)

TABLE_TITLE: Final = Style(
    "Table Title", size=18, line=20.4, bold=True, align="center", keep_next=True, outline=1
)
TABLE_HEADING: Final = Style("Table Heading", size=14, line=15.8, bold=True, align="center", keep_next=True)
GROUP: Final = Style("Heading 2", size=14, line=15.8, bold=True, keep_next=True, keep_lines=True, outline=2)
CELL: Final = Style("Table Text", size=14, line=15.8)
CELL_LIST: Final = CELL.like("Table List")
CELL_NUMBER: Final = CELL.like("Table Number", align="center")

PAGE_NUMBER: Final = Style("Header", align="center")
DRAFT: Final = Style("Draft Mark", bold=True, align="right", pinned=0.7 * CM)
SPACER: Final = Style("Spacer", size=1, line=1)

LABEL: Final = "MemoLabel"
VALUE: Final = "MemoValue"

_ALL: Final = (
    NORMAL, TITLE, HEADING, TEXT, *ITEMS, FIELD, REGISTER, SUBJECT, ADDRESSEE, CLOSING, SIGNATURE, MARK,
    CONTINUED, WORDS, NAME, NAME_MARK, TABLE_TITLE, PAGE_NUMBER, DRAFT, SPACER,
)  # fmt: skip
_IN_THE_TABLE: Final = (TABLE_HEADING, GROUP, CELL, CELL_LIST, CELL_NUMBER)

_NO_CELL_MARGIN: Final = (
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)
_TABLES: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    f'<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_NO_CELL_MARGIN}</w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="5" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="106" w:type="dxa"/>'
    '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="106" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def styles_xml(points: float) -> str:
    """Every style of the document, with the letters they all begin with; the table's letters are so many points."""
    line = round(CELL.line * points / CELL.size, 1)
    in_table = tuple(style.like(style.name, size=points, line=line) for style in _IN_THE_TABLE)
    letters = (
        letters_xml("Memo Label", 20, bold=True),
        letters_xml("Memo Value", 16, underline="dotted"),
    )
    return defaults_xml() + "".join(map(style_xml, (*_ALL, *in_table))) + "".join(letters) + _TABLES

"""You come here for the Word document's first part: the memorandum, with its letterhead and signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from reports.content import Content
from reports.document import layout
from reports.document.layout import Signature
from reports.exports import word_styles as styles
from reports.exports.printed import Printed
from reports.exports.word_xml import CM, Style, cell, paragraph, row, run, table

_HALF: Final = 8 * CM
_SIGNED: Final = 2 * CM  # room for a signature
_BETWEEN_PAIRS: Final = 16.0


def memorandum(printed: Printed, *, apart: bool) -> Iterator[str]:
    """Its paragraphs as XML; the endorsements stand ``apart``, on a page that says whose it is, or right below."""
    content = printed.content
    yield from _letterhead(content)
    yield from _text(content)
    if author := layout.author_signature(content, printed.endorsements):
        yield from _signature(author, styles.MARK, styles.SIGNATURE)
    if pairs := layout.endorsement_rows(content, printed.endorsements):
        if apart:
            yield paragraph(styles.CONTINUED, run(layout.continued(content)), page_before=True)
        yield _endorsements(pairs, above=0 if apart else _BETWEEN_PAIRS)


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
        if section.heading:
            made.append((styles.HEADING, section.heading))
        made += [(styles.TEXT, line) for line in section.body.splitlines() if line.strip()]
        for item in layout.lines(section.items):
            style = styles.ITEMS[min(item.depth, len(styles.ITEMS) - 1)]
            made.append((style, f"{item.marker} {item.text}".strip()))
    for place, (style, text) in enumerate(made, 1):
        yield paragraph(style, run(text), keep_next=style.keep_next or place == len(made))
    if memo.closing:
        yield paragraph(styles.CLOSING, run(memo.closing))


def _signature(signature: Signature, mark: Style, below: Style, above: float = 0) -> Iterator[str]:
    """The act at the foot of its room, then name and position, ``above`` from what is before."""
    lines = [
        *((mark, text) for text in signature.mark),
        *((below, text) for text in (f"({signature.name})", *signature.position_lines)),
        *((mark, text) for text in signature.order_lines),
        *((below, text) for text in (signature.date_line,) if text),
    ]
    space = above + max(0.0, _SIGNED - len(signature.mark) * mark.line)
    for place, (style, text) in enumerate(lines):
        yield paragraph(style, run(text), before=0 if place else space)


def _endorsements(pairs: list[tuple[Signature | None, Signature | None]], above: float) -> str:
    """The signatures two in a row, in a table without lines, ``above`` below what is before."""
    rows: list[str] = []
    for pair in pairs:
        if any(place and place.words for place in pair):
            words = [_words(place.words if place else (), above) for place in pair]
            rows.append(row([cell(text, _HALF) for text in words], whole=True))
            above = 0
        acts = [_signature(place, styles.NAME_MARK, styles.NAME, above) if place else () for place in pair]
        rows.append(row([cell("".join(act), _HALF) for act in acts], whole=True))
        above = _BETWEEN_PAIRS
    return table(rows, (_HALF, _HALF), style="TableNormal", caption="ความเห็น/ข้อสั่งการ")


def _words(words: Iterable[str], above: float) -> str:
    lines = list(words) or [""]
    return "".join(
        paragraph(styles.WORDS, run(line), before=0 if place else above) for place, line in enumerate(lines)
    )

"""The report as a web developer would print it: one page of plain HTML and CSS, in the document's own fonts.

The peer's side of the measurements: a memorandum with its signatures, and a fixed-layout table whose headings repeat.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from measures.bullets import Bullet
from measures.numbering import dotted
from reports import columns
from reports.content import Content, Group, Signer
from reports.document import layout
from reports.document.font_sources import FAMILY

_CSS = """
@page { size: A4; margin: 1.5cm 2cm 2cm 3cm; }
@page table { size: A4 landscape; margin: 2.2cm 2cm 1.5cm; }
body { margin: 0; font: 12.8pt/18.1pt FAMILY; }
h1 { font-size: 23.2pt; line-height: 35pt; text-align: center; margin: 0; }
.emblem { position: absolute; width: 1.5cm; height: 1.5cm; border: 1pt dashed; border-radius: 4pt; }
.field { display: grid; grid-template-columns: auto 1fr; gap: 5pt; line-height: 23pt; margin: 0; }
.field b { font-size: 16pt; }
.field span { border-bottom: .8pt dotted; }
.pair { display: grid; grid-template-columns: 1fr 1fr; }
h2 { font-size: inherit; margin: 6pt 0 0; text-indent: 2.5cm; break-after: avoid; }
.memorandum p { margin: 0; text-indent: 2.5cm; }
.memorandum .item { text-indent: 3.25cm; }
.memorandum .plain { text-indent: 0; }
.signature { width: 8cm; text-align: center; break-inside: avoid; }
.signature p { text-indent: 0; }
.author { margin: 2cm 0 0 8cm; }
.endorsements { break-before: page; display: grid; grid-template-columns: 8cm 8cm; gap: 16pt 0; }
.endorsements .name { margin-top: 2cm; }
.table { page: table; break-before: page; font-size: 11.2pt; line-height: 15.8pt; }
.table h1 { font-size: 14.4pt; line-height: 20.4pt; margin-bottom: 7pt; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; }
th, td { border: .6pt solid; padding: 2.5pt 5.3pt; vertical-align: top; text-align: left; }
thead th { text-align: center; vertical-align: middle; }
tr { break-inside: avoid; }
ol, ul { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: auto 1fr; gap: 4pt; }
li ul { grid-column: 2; }
"""
_WIDTHS = (4.6, 6.9, 3.4, 3.6, 7.2)


def page(content: Content) -> str:
    """``content`` as one HTML page that prints as its document."""
    widths = "".join(f".c{n} {{ width: {width}cm; }}\n" for n, width in enumerate(_WIDTHS, 1))
    title = escape(content.memorandum.subject)
    return (
        f'<!doctype html><html lang="th"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_CSS.replace('FAMILY', repr(FAMILY))}{widths}</style></head>"
        f"<body>{_memorandum(content)}{_table(content)}</body></html>"
    )


def _memorandum(content: Content) -> str:
    memo = content.memorandum
    pair = f'<div class="pair">{_field("ที่", memo.number)}{_field("วันที่", layout.date_printed(content))}</div>'
    parts = [
        '<div class="emblem"></div><h1>บันทึกข้อความ</h1>',
        _field("ส่วนราชการ", memo.section),
        pair,
        _field("เรื่อง", memo.subject),
        f'<p class="plain">เรียน {escape(memo.addressee)}</p>',
    ]
    for section in memo.sections:
        parts.append(f"<h2>{escape(f'{dotted(section.number)} {section.title}')}</h2>")
        parts += [f"<p>{escape(text)}</p>" for text in section.body.splitlines()]
        for line in layout.lines(section.items):
            parts.append(f'<p class="item">{escape(f"{line.marker} {line.text}")}</p>')
    parts.append(f"<p>{escape(memo.closing)}</p>")
    authors = [_signature(signer) for signer in content.signers if signer.order == 0]
    others = [_signature(signer) for signer in content.signers if signer.order]
    parts += [
        f'<div class="author">{"".join(authors)}</div>',
        f'<div class="endorsements">{"".join(others)}</div>',
    ]
    return f'<article class="memorandum">{"".join(parts)}</article>'


def _field(label: str, value: str) -> str:
    return f'<p class="field plain"><b>{label}</b><span>{escape(value)}</span></p>'


def _signature(signer: Signer) -> str:
    to = (
        f"<p>เรียน {escape(signer.addressed_to)}</p><p>- {escape(signer.words)}</p>"
        if signer.addressed_to
        else ""
    )
    name = f'<p class="name">({escape(signer.name or layout.NAME_BLANK)})</p>'
    return f'<div class="signature">{to}{name}<p>{escape(signer.position)}</p></div>'


def _table(content: Content) -> str:
    table = content.table
    numbers = range(1, len(table.columns) + 1)
    cols = "".join(f'<col class="c{number}">' for number in numbers)
    head = "".join(f'<th scope="col">{escape(column.heading)}</th>' for column in table.columns)
    body = "".join(_group(group, content) for group in table.groups)
    return (
        f'<article class="table"><h1>{escape(table.title)}<br>{escape(table.subtitle)}</h1>'
        f"<table><colgroup>{cols}</colgroup><thead><tr>{head}</tr></thead>{body}</table></article>"
    )


def _group(group: Group, content: Content) -> str:
    heading = escape(f"{dotted(group.number)} {group.title}")
    rows = [f'<tr><th scope="rowgroup" colspan="{len(content.table.columns)}">{heading}</th></tr>']
    for measure in group.measures:
        cells = (
            _list(columns.cell(measure, column.source, thai=content.thai_digits))
            for column in content.table.columns
        )
        rows.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    return f"<tbody>{''.join(rows)}</tbody>"


def _list(bullets: Iterable[Bullet]) -> str:
    bullets = tuple(bullets)
    if not any(bullet.marker for bullet in bullets):
        return "<br>".join(escape(bullet.text) for bullet in bullets)
    items = (
        f"<li><span>{escape(bullet.marker)}</span><span>{escape(bullet.text)}"
        f"{_list(bullet.items) if bullet.items else ''}</span></li>"
        for bullet in bullets
    )
    return f"<ul>{''.join(items)}</ul>"

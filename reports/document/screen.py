"""You come here for the document on a screen: the sheets that the PDF is written from, as pictures of letters (SVG).

Each line stands as text at the very place where the PDF has it, so that it can be selected and read aloud. No style is
written into the pages: ``static/css/preview.css`` and the fonts' own style sheet (``fonts.build_fonts``) draw them.
``show`` gives the draft as it is being typed; ``pages_of`` a frozen revision as it was presented, for who signs it;
``noticed`` only what is to be said of the draft's pages.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from measures.thai import thai_digits, visible
from reports.content import Content, Endorsement, Mark
from reports.document.engine import in_turn
from reports.document.layout import NAME_BLANK
from reports.document.watermark import GREY, lying

if TYPE_CHECKING:
    from reports.document.setting import Part
    from reports.document.sheet import PlacedCode, Sheet, Text

PARTS: Final[dict[Part, str]] = {"memorandum": "บันทึกข้อความ", "table": "ตารางแนบ"}
"""The parts of the document in order, with their names."""

_DOTS: Final = 'fill="none" stroke="#000" stroke-width=".8" stroke-linecap="round" stroke-dasharray="0 1.9"'

_MANY_PAGES: Final = 15
"""A table longer than this is remarked on; that of a whole year's real report takes five."""
_HARDLY_ANY: Final = 2
"""Lines on a last page that look forgotten there."""


@dataclass(frozen=True)
class Page:
    """One page; ``mark`` is another as soon as anything on it is."""

    svg: SafeString
    mark: str


@dataclass(frozen=True)
class Shown:
    """The pages of one part of the document, and what a typist would want to be told of them."""

    part: Part
    pages: tuple[Page, ...]
    remarks: tuple[str, ...]

    @property
    def title(self) -> str:
        return PARTS[self.part]


def show(content: Content, *, parts: tuple[Part, ...], emblem_url: str = "") -> list[Shown]:
    """The asked ``parts`` of the draft as pages for a screen; only these are set.

    ``emblem_url`` leads to the agency's emblem; without one a drawn placeholder stands there. Raises
    ``UnprintableText`` where no font has a letter of them, ``FontsMissing`` where the fonts were not built.
    """
    return [
        Shown(part, _pages(content, part, sheets, emblem_url), _remarks_on(content, part, sheets))
        for part, sheets in _set(content, parts, (), None, draft=True)
    ]


def pages_of(
    content: Content,
    *,
    endorsements: tuple[Endorsement, ...] = (),
    emblem_url: str = "",
    mark: Mark | None = None,
) -> list[Shown]:
    """Both parts of a frozen revision as pages for a screen, the very pages of its PDF, with its ``mark`` on each.

    The template that draws ``show``'s pages draws these; nobody types, so there are no remarks. Errors as there.
    """
    return [
        Shown(part, _pages(content, part, sheets, emblem_url), ())
        for part, sheets in _set(content, tuple(PARTS), endorsements, mark, draft=False)
    ]


def noticed(content: Content) -> list[str]:
    """What a look at all pages of the draft would show; none is drawn. Errors as of ``show``."""
    written = _set(content, tuple(PARTS), (), None, draft=True)
    return [remark for part, sheets in written for remark in _remarks_on(content, part, sheets)]


def _set(
    content: Content,
    parts: tuple[Part, ...],
    endorsements: tuple[Endorsement, ...],
    mark: Mark | None,
    *,
    draft: bool,
) -> list[tuple[Part, list[Sheet]]]:
    """The sheets of each of ``parts``; only these are set."""
    with in_turn() as font_config:
        from reports.document.setting import set_document  # noqa: PLC0415 -- after the engine has its fonts

        return [
            (part, set_document(
                content, font_config, endorsements=endorsements, mark=mark, draft=draft, parts=(part,)
            ).sheets)
            for part in parts
        ]  # fmt: skip


def _pages(content: Content, part: Part, sheets: list[Sheet], emblem_url: str) -> tuple[Page, ...]:
    emblem = emblem_url or _placeholder()
    return tuple(
        _page(sheet, f"{PARTS[part]} หน้า {_number(place, content)}", emblem)
        for place, sheet in enumerate(sheets, 1)
    )


def _page(sheet: Sheet, name: str, emblem: str) -> Page:
    box = f'viewBox="0 0 {sheet.width:.2f} {sheet.height:.2f}"'
    svg = "".join(
        (
            f'<svg {box} role="group" lang="th" aria-label="{escape(name)}">',
            _watermark(sheet),
            _emblem(sheet, emblem),
            f'<path d="{"".join(map(_rule, sheet.rules))}"/>' if sheet.rules else "",
            f'<path {_DOTS} d="{"".join(map(_dots, sheet.dots))}"/>' if sheet.dots else "",
            *map(_text, sheet.texts),
            *map(_code, sheet.codes),
            "</svg>",
        )
    )
    mark = blake2b(svg.encode(), digest_size=9).hexdigest()
    return Page(mark_safe(svg), mark)  # noqa: S308 -- every text in it is escaped below


def _text(text: Text) -> str:
    bold = ' font-weight="700"' if text.face.bold else ""
    spread = f' letter-spacing="{text.spread:.4f}"' if text.spread else ""
    place = f'x="{text.x:.2f}" y="{text.y:.2f}" font-size="{text.face.size:.2f}"'
    return f"<text {place}{bold}{spread}>{escape(text.line.words)}</text>"


def _watermark(sheet: Sheet) -> str:
    if sheet.watermark is None:
        return ""
    lies = lying(sheet.width, sheet.height)
    across, down = lies.width * lies.cosine, lies.width * lies.sine
    place = f"matrix({across:.2f} {down:.2f} {-down:.2f} {across:.2f} {lies.x:.2f} {lies.y:.2f})"
    grey = f"#{round(GREY * 255):02x}" + f"{round(GREY * 255):02x}" * 2
    steps = "".join(f"{kind}{' '.join(map(str, points))}" for kind, points in sheet.watermark.steps)
    return f'<path fill="{grey}" transform="{place}" d="{steps}"/>'


def _code(placed: PlacedCode) -> str:
    scale = placed.side / placed.code.side
    place = f'transform="translate({placed.x:.2f} {placed.y:.2f}) scale({scale:.4f})"'
    bars = "".join(f"M{x} {y}h{count}v1h-{count}z" for x, y, count in placed.code.bars)
    return f'<path {place} shape-rendering="crispEdges" d="{bars}"/>'


def _rule(box: tuple[float, float, float, float]) -> str:
    x, y, width, height = box
    return f"M{x:.2f} {y:.2f}h{width:.2f}v{height:.2f}h-{width:.2f}z"


def _dots(dots: tuple[float, float, float]) -> str:
    start, end, y = dots
    return f"M{start:.2f} {y:.2f}H{end:.2f}"


def _emblem(sheet: Sheet, url: str) -> str:
    if sheet.emblem is None:
        return ""
    x, y, width, height = sheet.emblem
    place = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
    return f'<image {place} preserveAspectRatio="xMinYMin" href="{escape(url)}" role="img" aria-label="ตราสัญลักษณ์"/>'


def _placeholder() -> str:
    drawn = base64.b64encode(render_to_string("print/emblem.html").encode()).decode()
    return f"data:image/svg+xml;base64,{drawn}"


def _remarks_on(content: Content, part: Part, sheets: list[Sheet]) -> tuple[str, ...]:
    return tuple(_of_memorandum(content, sheets) if part == "memorandum" else _of_table(sheets))


def _of_memorandum(content: Content, sheets: list[Sheet]) -> Iterator[str]:
    """A text that runs on, and a page for the sake of one signature."""
    names = {_squeezed(f"({signer.name or NAME_BLANK})") for signer in content.signers}
    signatures = [sum(words in names for words in _paragraphs(sheet)) for sheet in sheets]
    first = next((place for place, count in enumerate(signatures) if count), len(sheets) - 1)
    if first:
        yield f"ข้อความยาวเกิน 1 หน้า ส่วนท้ายอยู่ในหน้าที่ {first + 1}"
    for place in range(first + 1, len(sheets)):
        if signatures[place] == 1:
            yield f"หน้าที่ {place + 1} มีผู้ลงนามเพียงตำแหน่งเดียว"


def _of_table(sheets: list[Sheet]) -> Iterator[str]:
    """A table that few will read to its end, and a last page for the sake of a line or two."""
    if len(sheets) > _MANY_PAGES:
        yield f"ตารางแนบยาว {len(sheets)} หน้า กรุณาตรวจว่าย่อข้อความได้หรือไม่"
    # A heading that is repeated on the page has no element.
    lines = {round(text.y) for text in sheets[-1].texts if text.element}
    if len(sheets) > 1 and len(lines) <= _HARDLY_ANY:
        yield f"หน้าสุดท้ายของตารางแนบ (หน้าที่ {len(sheets)}) มีข้อความเพียง {len(lines)} บรรทัด"


def _paragraphs(sheet: Sheet) -> Iterator[str]:
    """The words of each paragraph of a sheet, squeezed; a long name takes several lines."""
    for element, texts in groupby(sheet.texts, key=lambda text: text.element):
        words = [text.line.words for text in texts]
        yield from map(_squeezed, ["".join(words)] if element else words)


def _squeezed(words: str) -> str:
    """Without white space, of which a line's end takes some."""
    return "".join(visible(words).split())


def _number(place: int, content: Content) -> str:
    return thai_digits(str(place)) if content.thai_digits else str(place)

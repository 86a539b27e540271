"""You come here to turn frozen content into PDF bytes; the same content gives the same bytes.

Nothing is fetched: fonts come from fontconfig, the emblem from memory. ``setting`` places the lines, Pango breaks
them, WeasyPrint brings the fonts, pictures and pages, ``tags``, ``archival`` and ``packing`` make the file of it.
"""

from __future__ import annotations

import re
import zlib
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn
from xml.etree import ElementTree

import pydyf
from django.template.loader import render_to_string
from PIL import Image

from measures.thai import visible
from reports.content import Act, Content, Endorsement, Mark
from reports.document import archival, layout, packing, tags
from reports.document.archival import About, Attached
from reports.document.engine import in_turn
from reports.document.layout import Stage
from reports.document.watermark import GREY, lying

if TYPE_CHECKING:
    from reports.document.qr import Code
    from reports.document.sheet import PlacedCode, Sheet
    from reports.document.structure import Element
    from reports.document.watermark import Outline

_DOT, _DOTS_APART, _ROUND = 0.8, 1.9, 1
_IMAGE_STYLE: Final = {"image_rendering": "pixelated"}  # PDF/A leaves no pixel to the viewer's taste
_POINTS: Final = 0.75  # of a pixel, in which WeasyPrint counts
_WORD: Final = "word"
_NAMELESS: Final = "บันทึกข้อความ"  # a draft whose subject is not written yet; PDF/UA asks for a title
_HEADING: Final = re.compile(r"H([1-6])")


def render_pdf(
    content: Content,
    *,
    stage: Stage,
    endorsements: tuple[Endorsement, ...] = (),
    emblem: bytes | None = None,
    attached: tuple[Attached, ...] = (),
    mark: Mark | None = None,
    acts: tuple[Act, ...] = (),
) -> bytes:
    """The document as PDF: the memorandum, then its table, with the ``attached`` files inside.

    ``mark`` stands on every page; with ``acts`` the signing log follows at the end.

    Raises ``UnprintableText`` where no font has a letter of it, ``FontsMissing`` where the fonts were not built.
    """
    with in_turn() as font_config:
        from weasyprint import DEFAULT_OPTIONS  # noqa: PLC0415 -- these after the engine has its fonts
        from weasyprint.document import Document  # noqa: PLC0415
        from weasyprint.pdf import generate_pdf  # noqa: PLC0415
        from weasyprint.pdf.metadata import DocumentMetadata  # noqa: PLC0415

        from reports.document import setting  # noqa: PLC0415

        written = setting.set_document(
            content,
            font_config,
            endorsements=endorsements,
            mark=mark,
            acts=acts,
            draft=stage == "draft",
        )
        image = _image(emblem, font_config)
        about = About(
            _in_a_line(layout.title(content)) or _NAMELESS,
            _in_a_line(content.agency.name),
            content.memorandum.date,
        )
        marks = tags.Marks()
        pages = [
            _Page(sheet, image, marks, headings)
            for sheet, headings in zip(written.sheets, _outline(written.sheets), strict=True)
        ]

        document = Document(pages, DocumentMetadata(), None, font_config, {}, None)
        pdf = generate_pdf(document, None, 1, **DEFAULT_OPTIONS)
        tags.write(pdf, written.structure, marks)
        archival.write(pdf, about, attached)
        return packing.written(pdf)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF made by :func:`render_pdf` has. Raises ``ValueError`` on anything else."""
    for stream in re.finditer(rb"/Type /ObjStm.*?stream\r?\n", pdf, re.DOTALL):
        # zlib knows its own end; looking for "endstream" would cut a stream whose last byte looks like a line end.
        objects = zlib.decompressobj().decompress(pdf[stream.end() :])
        tree = re.search(rb"<<[^<>]*/Type /Pages\b[^<>]*>>", objects)
        if tree and (count := re.search(rb"/Count (\d+)", tree[0])):
            return int(count[1])
    raise ValueError("not a PDF made here")


def _in_a_line(text: str) -> str:
    """``text`` as the file's description can hold it: XML knows neither half letters nor non-characters."""
    return " ".join(re.sub("[\ud800-\udfff\ufffe\uffff]", "", visible(text)).split())


class _Page:
    """A sheet as WeasyPrint asks of a page that it writes, in its pixels."""

    bleed: ClassVar = dict.fromkeys(("top", "right", "bottom", "left"), 0)

    def __init__(self, sheet: Sheet, emblem: Any, marks: tags.Marks, bookmarks: list[_Bookmark]) -> None:
        self.width, self.height = sheet.width / _POINTS, sheet.height / _POINTS
        self.bookmarks = bookmarks
        self.links: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.forms: dict[Any, Any] = {None: []}
        self._sheet = sheet
        self._emblem = emblem
        self._marks = marks

    def paint(self, stream: Any, scale: float) -> None:
        self._marks.turn()
        with stream.stacked():
            stream.transform(a=scale / _POINTS, d=scale / _POINTS)
            if self._sheet.watermark:
                self._paint_watermark(stream, self._sheet.watermark)
            if self._sheet.emblem:
                self._paint_emblem(stream, *self._sheet.emblem)
            if self._sheet.rules or self._sheet.dots:
                with tags.artifact(stream, "Layout"):
                    _draw_rules(stream, self._sheet)
            for element, texts in groupby(self._sheet.texts, key=lambda text: text.element):
                with self._marks.around(stream, element):
                    for text in texts:
                        text.line.draw(stream, text.x, text.y, text.spread)
            for placed in self._sheet.codes:
                self._paint_code(stream, placed)
        packing.compress(stream)

    def _paint_emblem(self, stream: Any, x: float, y: float, width: float, height: float) -> None:
        """As large as fits, from the upper left corner."""
        *_, ratio = self._emblem.get_intrinsic_size(1, 1)
        width, height = min(width, height * ratio), min(height, width / ratio)
        element, top = self._sheet.emblem_element, self._sheet.height - y
        if element:
            self._marks.boxes[element] = x, top - height, x + width, top
        with self._marks.around(stream, element), stream.stacked():
            stream.transform(e=x, f=y)
            self._emblem.draw(stream, width, height, _IMAGE_STYLE)

    def _paint_watermark(self, stream: Any, word: Outline) -> None:
        """Below everything else; drawn once in the file."""
        objects = stream._resources["XObject"]
        if _WORD not in objects:
            objects[_WORD] = _shape(word)
        lies = lying(self._sheet.width, self._sheet.height)
        across, down = lies.width * lies.cosine, lies.width * lies.sine
        with tags.artifact(stream, "Pagination"), stream.stacked():
            stream.transform(across, down, -down, across, lies.x, lies.y)
            stream.draw_x_object(_WORD)

    def _paint_code(self, stream: Any, placed: PlacedCode) -> None:
        """The code's modules, drawn once in the file and shown wherever it stands."""
        name = f"qr{placed.code.side}"
        objects = stream._resources["XObject"]
        if name not in objects:
            objects[name] = _modules(placed.code)
        x, y, side = placed.x, placed.y, placed.side
        if placed.element:
            top = self._sheet.height - y
            self._marks.boxes[placed.element] = x, top - side, x + side, top
        with self._marks.around(stream, placed.element), stream.stacked():
            stream.transform(a=side / placed.code.side, d=side / placed.code.side, e=x, f=y)
            stream.draw_x_object(name)


def _modules(code: Code) -> Any:
    """The dark modules of ``code``, one unit each."""
    drawing = _drawing(0, 0, code.side, code.side)
    for x, y, count in code.bars:
        drawing.rectangle(x, y, count, 1)
    drawing.fill()
    packing.compress(drawing)
    return drawing


def _shape(word: Outline) -> Any:
    """The ``word``, one unit wide."""
    drawing = _drawing(-0.5, -word.half, 0.5, word.half)
    draw = {"M": drawing.move_to, "L": drawing.line_to, "C": drawing.curve_to, "Z": drawing.close}
    drawing.set_color_rgb(GREY, GREY, GREY)
    for step in word.steps:
        draw[step.kind](*step.points)
    drawing.fill()
    packing.compress(drawing)
    return drawing


def _drawing(*box: float) -> Any:
    """What is drawn once in the file and shown on many pages."""
    extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array(box)}
    return pydyf.Stream([], extra, compress=True)


# How deep a heading stands, its words, where it is, and whether what is below it is shown.
_Bookmark = tuple[int, str, tuple[float, float], str]


def _outline(sheets: list[Sheet]) -> list[list[_Bookmark]]:
    """The headings that begin on each sheet."""
    words: dict[Element, dict[str, None]] = {}
    begun: list[list[tuple[int, Element, tuple[float, float]]]] = []
    for sheet in sheets:
        begun.append([])
        for text in sheet.texts:
            if text.element and (level := _HEADING.fullmatch(text.element.role)):
                if text.element not in words:
                    place = text.x / _POINTS, (text.y - text.face.pitch) / _POINTS
                    begun[-1].append((int(level[1]), text.element, place))
                # Each line knows its whole paragraph, of which a heading may have several.
                words.setdefault(text.element, {})[visible(text.line.text).strip()] = None
    return [
        [(level, " ".join(words[element]), place, "open") for level, element, place in headings]
        for headings in begun
    ]


def _draw_rules(stream: Any, sheet: Sheet) -> None:
    for box in sheet.rules:
        stream.rectangle(*box)
    stream.fill()
    with stream.stacked():
        stream.set_line_width(_DOT)
        stream.set_line_cap(_ROUND)
        stream.set_dash((0, _DOTS_APART), 0)
        for start, end, y in sheet.dots:
            stream.move_to(start, y)
            stream.line_to(end, y)
        stream.stroke()


def _image(emblem: bytes | None, font_config: Any) -> Any:
    """The emblem, or the placeholder drawn by us; an SVG reaches for nothing outside itself."""
    from weasyprint.images import RasterImage, SVGImage  # noqa: PLC0415 -- after the engine has its fonts

    data = emblem or render_to_string("print/emblem.html").encode()
    if b"<svg" not in data[:1000]:
        return RasterImage(Image.open(BytesIO(data)), sha256(data).hexdigest(), data)
    alone = SimpleNamespace(font_config=font_config, get_image_from_uri=lambda **_: None)
    return SVGImage(ElementTree.fromstring(data), None, _fetch_nothing, alone)  # noqa: S314 -- the town's own


def _fetch_nothing(*_args: Any, **_named: Any) -> NoReturn:
    raise ValueError("the document fetches nothing")

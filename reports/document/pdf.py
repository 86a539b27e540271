"""You come here to turn frozen content into PDF bytes; the same content gives the same bytes.

Nothing is fetched: fonts come from fontconfig, the emblem from memory. ``memorandum`` and ``table`` set the pages,
Pango breaks the lines, WeasyPrint writes the file. Pango finds its fonts through ``FONTCONFIG_FILE``, which is set for
this process just before WeasyPrint, and with it Pango, is first imported; so it holds in a server, in a command and in
a test alike, and no other font of the machine gets in.
"""

from __future__ import annotations

import ctypes.util
import os
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn
from xml.etree import ElementTree

from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image

from reports.content import Content, Endorsement
from reports.document import fonts
from reports.document.html import Stage
from reports.document.thai_text import visible

if TYPE_CHECKING:
    from reports.document.sheet import Sheet

_DOT, _DOTS_APART, _ROUND = 0.8, 1.9, 1
_IMAGE_STYLE: Final = {"image_rendering": "auto"}
_POINTS: Final = 0.75  # of a pixel, in which WeasyPrint counts
# Pango and fontconfig are not safe in several threads, and Python's lock is given up inside them.
_ONE_AT_A_TIME: Final = Lock()


def render_pdf(
    content: Content,
    *,
    stage: Stage,
    endorsements: tuple[Endorsement, ...] = (),
    emblem: bytes | None = None,
) -> bytes:
    """The document as PDF: the memorandum, then its table.

    Raises ``UnprintableText`` where no font has a letter of it, ``FontsMissing`` where the fonts were not built.
    """
    draft = stage == "draft"
    with _ONE_AT_A_TIME:
        engine()
        from weasyprint.document import Document  # noqa: PLC0415 -- these after the engine has its fonts
        from weasyprint.pdf.metadata import DocumentMetadata  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        from reports.document import memorandum, paragraphs, table  # noqa: PLC0415

        font_config = FontConfiguration()
        setter = paragraphs.Setter(font_config)
        sheets = memorandum.sheets(content, endorsements, setter, draft=draft)
        sheets += table.sheets(content, setter, draft=draft)
        fonts.check_printable(setter.letters, font_directory())
        image = _image(emblem, font_config)
        title, author = visible(content.memorandum.subject), visible(content.agency.name)
        metadata = DocumentMetadata(title=title, authors=[author], lang="th")
        pages = [_Page(sheet, image) for sheet in sheets]
        return bytes(Document(pages, metadata, None, font_config, {}, None).write_pdf())


def page_count(pdf: bytes) -> int:
    """How many pages a PDF made by :func:`render_pdf` has. Raises ``ValueError`` on anything else."""
    for stream in re.finditer(rb"/Type /ObjStm.*?stream\r?\n", pdf, re.DOTALL):
        # zlib knows its own end; looking for "endstream" would cut a stream whose last byte looks like a line end.
        objects = zlib.decompressobj().decompress(pdf[stream.end() :])
        tree = re.search(rb"<<[^<>]*/Type /Pages\b[^<>]*>>", objects)
        if tree and (count := re.search(rb"/Count (\d+)", tree[0])):
            return int(count[1])
    raise ValueError("not a PDF made here")


def engine() -> Any:
    """WeasyPrint, imported when first needed: it loads Pango, which must find our fontconfig file and no other.

    Raises ``FontsMissing`` where the fonts were not built, ``OSError`` where a library of the system is missing.
    """
    os.environ["FONTCONFIG_FILE"] = str(fonts.fontconfig_file(font_directory()))
    with _libraries_by_full_name():
        import weasyprint  # noqa: PLC0415 -- after the variable is set; and other commands need not wait for it

    return weasyprint


@contextmanager
def _libraries_by_full_name() -> Iterator[None]:
    """Let none of the shortened names be looked up that are tried first: each asks ldconfig and the compiler anew."""
    asked = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _no_library
    try:
        yield
    finally:
        ctypes.util.find_library = asked


def _no_library(name: str) -> str | None:
    return None


def font_directory() -> Path:
    """Where this installation keeps its fonts."""
    return Path(settings.DATA_DIR) / "fonts"


def can_subset() -> bool:
    """Whether HarfBuzz's subsetter is there; without it WeasyPrint embeds in another, slower way."""
    engine()
    from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415 -- after the engine has its fonts

    return harfbuzz_subset is not None


def used_font() -> str:
    """The family that fontconfig gives to Pango for the document's, "" for none; asked without drawing anything."""
    engine()
    from weasyprint.text.ffi import ffi, fontconfig  # noqa: PLC0415 -- after the engine has its fonts

    config = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    pattern = ffi.gc(fontconfig.FcPatternCreate(), fontconfig.FcPatternDestroy)
    fontconfig.FcPatternAddString(pattern, b"family", fonts.FAMILY.encode())
    fontconfig.FcConfigSubstitute(config, pattern, fontconfig.FcMatchFont)
    fontconfig.FcDefaultSubstitute(pattern)
    match = fontconfig.FcFontMatch(config, pattern, ffi.new("FcResult *"))
    family = ffi.new("FcChar8 **")
    if match == ffi.NULL:
        return ""
    match = ffi.gc(match, fontconfig.FcPatternDestroy)
    fontconfig.FcPatternGetString(match, b"family", 0, family)
    return str(ffi.string(family[0]).decode()) if family[0] != ffi.NULL else ""


class _Page:
    """A sheet as WeasyPrint asks of a page that it writes, in its pixels."""

    bleed: ClassVar = dict.fromkeys(("top", "right", "bottom", "left"), 0)

    def __init__(self, sheet: Sheet, emblem: Any) -> None:
        self.width, self.height = sheet.width / _POINTS, sheet.height / _POINTS
        self.bookmarks: list[Any] = []
        self.links: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.forms: dict[Any, Any] = {None: []}
        self._sheet = sheet
        self._emblem = emblem

    def paint(self, stream: Any, scale: float) -> None:
        with stream.stacked():
            stream.transform(a=scale / _POINTS, d=scale / _POINTS)
            if self._sheet.emblem:
                _draw_emblem(stream, self._emblem, *self._sheet.emblem)
            _draw_rules(stream, self._sheet)
            for line, x, y, spread in self._sheet.texts:
                line.draw(stream, x, y, spread)


def _draw_emblem(stream: Any, image: Any, x: float, y: float, width: float, height: float) -> None:
    """As large as fits, from the upper left corner."""
    *_, ratio = image.get_intrinsic_size(1, 1)
    with stream.stacked():
        stream.transform(e=x, f=y)
        image.draw(stream, min(width, height * ratio), min(height, width / ratio), _IMAGE_STYLE)


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

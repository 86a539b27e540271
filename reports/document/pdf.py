"""You come here to turn frozen content into PDF bytes; the same content gives the same bytes.

Nothing is fetched: style comes from our own sheet, fonts from fontconfig, the emblem from memory. Pango finds the
fonts through ``FONTCONFIG_FILE``, which is set for this process just before WeasyPrint, and with it Pango, is first
imported; so it holds in a server, in a command and in a test alike, and no other font of the machine gets in.
"""

from __future__ import annotations

import html as html_text
import os
import re
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn

from django.conf import settings
from django.contrib.staticfiles import finders

from reports.content import Content, Endorsement
from reports.document import fonts
from reports.document.html import Stage, emblem_url, memorandum_html
from reports.document.spread import spread
from reports.document.thai_text import BREAK

if TYPE_CHECKING:
    from reports.document.sheets import Sheet

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
    """The document as PDF: the memorandum as WeasyPrint lays it out, then the sheets of the table.

    Raises ``UnprintableText`` where no font has a letter of it, ``FontsMissing`` where the fonts were not built.
    """
    page = memorandum_html(content, stage=stage, endorsements=endorsements, emblem=emblem)
    with _ONE_AT_A_TIME:
        memorandum = _lay_out(page, emblem_url(emblem) if emblem else "")
        from reports.document import paragraphs, sheets  # noqa: PLC0415 -- after the engine has its fonts

        setter = paragraphs.Setter(memorandum.font_config)
        table = sheets.sheets(content, setter, draft=stage == "draft")
        fonts.check_printable({*_text(page), *setter.letters}, font_directory())
        spread(memorandum.pages)
        document = memorandum.copy([*memorandum.pages, *map(_TablePage, table)])
        return bytes(document.write_pdf())


def page_count(pdf: bytes) -> int:
    """How many pages a PDF made by :func:`render_pdf` has. Raises ``ValueError`` on anything else."""
    for packed in re.finditer(rb"/Type /ObjStm.*?stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        tree = re.search(rb"<<[^<>]*/Type /Pages\b[^<>]*>>", zlib.decompress(packed[1]))
        if tree and (count := re.search(rb"/Count (\d+)", tree[0])):
            return int(count[1])
    raise ValueError("not a PDF made here")


def engine() -> Any:
    """WeasyPrint, imported when first needed: it loads Pango, which must find our fontconfig file and no other.

    Raises ``FontsMissing`` where the fonts were not built, ``OSError`` where a library of the system is missing.
    """
    os.environ["FONTCONFIG_FILE"] = str(fonts.fontconfig_file(font_directory()))
    import weasyprint  # noqa: PLC0415 -- after the variable is set; half a second that other commands need not wait

    return weasyprint


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


class _TablePage:
    """A sheet of the table, as WeasyPrint asks of a page that it writes."""

    bleed: ClassVar = dict.fromkeys(("top", "right", "bottom", "left"), 0)

    def __init__(self, sheet: Sheet) -> None:
        self.width, self.height = sheet.width / _POINTS, sheet.height / _POINTS
        self.bookmarks: list[Any] = []
        self.links: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.forms: dict[Any, Any] = {None: []}
        self._sheet = sheet

    def paint(self, stream: Any, scale: float) -> None:
        with stream.stacked():
            stream.transform(a=scale / _POINTS, d=scale / _POINTS)
            for box in self._sheet.rules:
                stream.rectangle(*box)
            stream.fill()
            for line, x, y in self._sheet.texts:
                line.draw(stream, x, y)


def _lay_out(page: str, emblem: str) -> Any:
    weasyprint = engine()
    fetcher = _fetcher_class()(emblem)
    sheet = weasyprint.CSS(string=_stylesheet(), url_fetcher=fetcher)
    return weasyprint.HTML(string=page, url_fetcher=fetcher).render(stylesheets=[sheet])


def _text(page: str) -> str:
    """What is read on the page: everything between its tags, since ``<`` in a text is always escaped."""
    return html_text.unescape(re.sub(r"<[^>]*>", "", page)).replace(BREAK, "")


@lru_cache(maxsize=1)
def _stylesheet() -> str:
    path = finders.find("css/print.css")
    if not isinstance(path, str):
        raise FileNotFoundError("static/css/print.css is missing from this installation")
    return Path(path).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _fetcher_class() -> Any:
    weasyprint = engine()

    class EmblemOnly(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
        """Serves the emblem, which is in memory, and refuses every other address before any look-up."""

        def __init__(self, emblem: str) -> None:
            super().__init__(allowed_protocols=["data"])
            self._emblem = emblem

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if not self._emblem or url != self._emblem:
                self._refuse()
            return super().fetch(url, headers)

        def _refuse(self) -> NoReturn:
            raise ValueError("the document fetches nothing")

    return EmblemOnly

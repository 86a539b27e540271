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
from typing import Any, Final, NoReturn

from django.conf import settings
from django.contrib.staticfiles import finders

from reports.content import Content, Endorsement
from reports.document import cuts, fonts
from reports.document.html import Stage, document_html, emblem_url
from reports.document.layout import long_rows
from reports.document.spread import spread
from reports.document.thai_text import BREAK

# Pango and fontconfig are not safe in several threads, and Python's lock is given up inside them.
_ONE_AT_A_TIME: Final = Lock()
_MOST_PASSES: Final = 6


def render_pdf(
    content: Content,
    *,
    stage: Stage,
    endorsements: tuple[Endorsement, ...] = (),
    emblem: bytes | None = None,
) -> bytes:
    """The document as PDF.

    Where a row is longer than a page it is laid out again, cut between steps or results, until its parts fit.
    Raises ``UnprintableText`` where no font has a letter of it, ``FontsMissing`` where the fonts were not built.
    """
    breaks = long_rows(content)
    with _ONE_AT_A_TIME:
        for _ in range(_MOST_PASSES):
            page = document_html(
                content, stage=stage, endorsements=endorsements, emblem=emblem, breaks=breaks
            )
            document = _lay_out(page, emblem_url(emblem) if emblem else "")
            found = cuts.find(document.pages, breaks)
            if found == breaks:
                break
            breaks = found
        spread(document.pages)
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


def _lay_out(page: str, emblem: str) -> Any:
    weasyprint = engine()
    fonts.check_printable(_text(page), font_directory())
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

"""You come here for the machine below the document: Pango with our fonts and no others, one user at a time.

Pango finds its fonts through ``FONTCONFIG_FILE``, which is set for this process just before WeasyPrint, and with it
Pango, is first imported; so it holds in a server, in a command and in a test alike, and no other font of the machine
gets in.
"""

from __future__ import annotations

import ctypes.util
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Final

from django.conf import settings

from reports.document import fonts
from reports.document.font_sources import FAMILY

# Pango and fontconfig are not safe in several threads, and Python's lock is given up inside them.
_ONE_AT_A_TIME: Final = Lock()


@contextmanager
def in_turn() -> Iterator[Any]:
    """A font configuration to set text with, for one thread at a time.

    Raises ``FontsMissing`` where the fonts were not built.
    """
    with _ONE_AT_A_TIME:
        engine()
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- after the engine has its fonts

        with _without_collecting():
            yield FontConfiguration()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let Python not look for rings of garbage: a document makes objects by the hundred thousand and few rings.

    It spares a fifth of the time of 200 measures; other threads go without for as long, which nobody notices.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
    fontconfig.FcPatternAddString(pattern, b"family", FAMILY.encode())
    fontconfig.FcConfigSubstitute(config, pattern, fontconfig.FcMatchFont)
    fontconfig.FcDefaultSubstitute(pattern)
    match = fontconfig.FcFontMatch(config, pattern, ffi.new("FcResult *"))
    family = ffi.new("FcChar8 **")
    if match == ffi.NULL:
        return ""
    match = ffi.gc(match, fontconfig.FcPatternDestroy)
    fontconfig.FcPatternGetString(match, b"family", 0, family)
    return str(ffi.string(family[0]).decode()) if family[0] != ffi.NULL else ""

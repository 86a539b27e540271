"""You come here for what the document's fonts are made from: which packages and system fonts, in which order asked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import fontpkg_sarabun
import manimgx_fonts
from fontTools.ttLib import TTFont, TTLibError

FAMILY: Final = "ITA Sarabun"
SYMBOLS: Final = "ITA Symbols"
EMOJI: Final = "ITA Emoji"
STYLES: Final = {"Regular": 400, "Bold": 700}

_NOTO: Final = Path(manimgx_fonts.__file__).parent
_SCRIPTS: Final = (
    "Arabic", "Hebrew", "Lao", "Khmer", "Myanmar", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil",
    "Telugu", "Kannada", "Malayalam", "Sinhala", "Armenian", "Georgian", "Ethiopic",
)  # fmt: skip
FAMILIES: Final = (
    FAMILY, "ITA Latin", *(f"ITA {script}" for script in _SCRIPTS), SYMBOLS, "ITA Signs", EMOJI, "ITA Han",
)  # fmt: skip
"""In the order in which they are asked for a letter; the last is not everywhere."""

_HEAVINESS: Final = {"Regular": "80", "Bold": "200"}  # as fontconfig counts


class FontsMissing(RuntimeError):
    """The document cannot be printed here; ``str(error)`` tells the operator what to do."""


@dataclass(frozen=True)
class Source:
    """A font of ``family`` in one ``style``: the file it is made from, and the weight to fix it at if it varies."""

    family: str
    style: str
    path: Path
    weight: int | None = None

    @property
    def name(self) -> str:
        """The name of the file that is made from it."""
        return f"{self.family.replace(' ', '')}-{self.style}.ttf"


def packaged(style: str) -> Path:
    """Sarabun as it comes with the portal."""
    return Path(fontpkg_sarabun.ROOT) / "files" / f"Sarabun-{style}.ttf"


def official(named: str) -> dict[str, Path]:
    """The regular and bold file of a font of the machine, ``named`` by its family or by the path of one of its files.

    Raises ``FontsMissing`` where there is none, or not both styles as TrueType.
    """
    files = _beside(Path(named)) if named.endswith(".ttf") else _installed(named)
    lacking = [style for style in STYLES if style not in files]
    if lacking:
        raise FontsMissing(
            f"ITA_DOCUMENT_FONT: {named!r} has no {' and no '.join(lacking)} TrueType font on this machine. "
            "Install it, name another, or leave the variable empty to print in the packaged Sarabun."
        )
    return files


def fallbacks() -> list[Source]:
    """The fonts that are asked for what Sarabun lacks, family after family.

    Chinese, Japanese and Korean are there where the machine has Droid Sans Fallback. Raises ``FontsMissing`` where it
    lacks DejaVu Sans, whose signs (✓ □ ●) nobody else draws.
    """
    found = [*_noto("ITA Latin", "NotoSans")]
    for script in _SCRIPTS:
        found += _noto(f"ITA {script}", f"NotoSans{script}")
    signs = _installed("DejaVu Sans")
    if len(signs) < len(STYLES):
        raise FontsMissing(
            "DejaVu Sans is missing: install fonts-dejavu-core, and run manage.py build_fonts."
        )
    found += [Source(SYMBOLS, style, path) for style, path in signs.items()]
    found += _noto("ITA Signs", "NotoSansSymbols")
    found += _noto(EMOJI, "NotoEmoji")
    found += [Source("ITA Han", style, path) for style, path in _installed("Droid Sans Fallback").items()]
    return found


def _noto(family: str, name: str) -> list[Source]:
    return [Source(family, style, _NOTO / f"{name}[wght].ttf", weight) for style, weight in STYLES.items()]


def _installed(family: str) -> dict[str, Path]:
    """The upright files of exactly that family by style, as fontconfig knows them; none without fontconfig's tools."""
    tool = shutil.which("fc-list")
    if not tool:
        return {}
    # What the machine has, also where this process already looks only into our own directory.
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    pattern = re.sub(r"([\\\-:,])", r"\\\1", family) + ":slant=0:width=100"
    answer = subprocess.run(
        [tool, "-f", "%{weight}\t%{file}\n", pattern],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    ).stdout
    found = dict(line.split("\t", 1) for line in sorted(answer.splitlines()) if line.endswith(".ttf"))
    return {style: Path(found[weight]) for style, weight in _HEAVINESS.items() if weight in found}


def _beside(file: Path) -> dict[str, Path]:
    """The file and that of the same family in the other style, from the same directory."""
    family, _ = _read(file)
    found: dict[str, Path] = {}
    for path in sorted(file.parent.glob("*.ttf")) if family else ():
        name, style = _read(path)
        if name == family and style:
            found[style] = path
    return found


def _read(path: Path) -> tuple[str, str]:
    """The family of a file, and its style if that is one of the two; "" where it is no font."""
    try:
        with TTFont(path, lazy=True) as font:
            family, style = font["name"].getBestFamilyName() or "", font["name"].getDebugName(2)
            return family, style if style in STYLES else ""
    except (OSError, TTLibError, KeyError):
        return "", ""

"""You come here for the fonts of the document: made once at install time, looked for at every start, never guessed.

``build_fonts`` writes, below one directory: two derived fonts for print, the fallback for signs that Sarabun lacks
where the system has it, the fontconfig file that makes these the only fonts Pango sees, and the web fonts.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import fontpkg_sarabun
from fontTools.ttLib import TTFont

FAMILY: Final = "ITA Sarabun"
SYMBOLS: Final = (
    "ITA Symbols"  # signs that Sarabun lacks (✓ □ ●), from the system's DejaVu Sans if it is there
)

_SYMBOLS_SOURCE: Final = "DejaVu Sans"
_STYLES: Final = ("Regular", "Bold")
_WEB: Final = {"400": "Regular", "600": "SemiBold", "700": "Bold"}
_STAMP: Final = "stamp"
_CONFIG: Final = "fonts.conf"

_CONFIG_XML: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">print</dir>
  <cachedir>{cache}</cachedir>
  <alias binding="same"><family>sans-serif</family><prefer><family>{family}</family></prefer></alias>
</fontconfig>
"""

_FACE_CSS: Final = (
    '@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{name}") format("woff2"); }}\n'
)


class FontsMissing(RuntimeError):
    """The document cannot be printed here; ``str(error)`` tells the operator what to do."""


class UnprintableText(ValueError):
    """Letters that no font of the document has; ``str(error)`` is a Thai sentence that names them."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        named = " ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in characters[:10])
        super().__init__(
            f"แบบอักษรของเอกสารไม่มีอักขระ {named} จึงยังพิมพ์เอกสารไม่ได้ กรุณาลบหรือเปลี่ยนอักขระดังกล่าวแล้วลองอีกครั้ง"
        )


def build_fonts(directory: Path) -> None:
    """Write the print fonts, their fontconfig file and the web fonts below ``directory``, whole or not at all.

    Another process may be reading the old ones: each file is replaced in one step, the stamp last.
    """
    from reports.document import clusters  # noqa: PLC0415 -- its tools are needed only where fonts are made

    stamp = _stamp(directory)
    for part in ("print", "web"):
        (directory / part).mkdir(parents=True, exist_ok=True)
    for style in _STYLES:
        _write(
            directory / "print" / f"ITASarabun-{style}.ttf",
            clusters.derive(_source(style), family=FAMILY, style=style),
        )
    for style, path in _fallback().items():
        symbols = clusters.scaled(path, family=SYMBOLS, style=style)
        _write(directory / "print" / f"ITASymbols-{style}.ttf", symbols)
    for weight, style in _WEB.items():
        _write(directory / "web" / f"sarabun-{weight}.woff2", _woff2(_source(style)))
    _write_for_screens(directory)
    _write(directory / _CONFIG, _config(directory))
    _write(directory / _STAMP, stamp.encode())
    _letters.cache_clear()


def is_current(directory: Path) -> bool:
    """Whether ``directory`` holds what :func:`build_fonts` would write there."""
    stamp = directory / _STAMP
    return not missing(directory) and stamp.is_file() and stamp.read_text() == _stamp(directory)


def missing(directory: Path) -> list[str]:
    """The files that the document needs and ``directory`` lacks, as relative names."""
    names = [f"print/ITASarabun-{style}.ttf" for style in _STYLES] + [_CONFIG]
    return [name for name in names if not (directory / name).is_file()]


def fontconfig_file(directory: Path) -> Path:
    """The fontconfig file below ``directory``. Raises ``FontsMissing`` where the fonts were not built there."""
    if lacking := missing(directory):
        raise FontsMissing(
            f"The fonts of the document are missing in {directory} ({', '.join(lacking)}): run manage.py build_fonts."
        )
    return directory / _CONFIG


def check_printable(text: Iterable[str], directory: Path) -> None:
    """Raise ``UnprintableText`` if any letter of ``text`` would be printed as an empty box."""
    unknown = set(text) - _letters(directory)
    if unknown:
        raise UnprintableText(tuple(sorted(unknown)))


@lru_cache(maxsize=4)
def _letters(directory: Path) -> frozenset[str]:
    """Every letter of the fonts below ``directory`` in every style, and the white space that needs no glyph."""
    by_family: dict[str, set[str]] = {}
    for path in sorted((directory / "print").glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            have = {chr(code) for code in font.getBestCmap()}
        family = path.name.split("-")[0]
        by_family[family] = by_family.get(family, have) & have
    return frozenset(" \n\t\r\x0c").union(*by_family.values())


def _source(style: str) -> Path:
    return Path(fontpkg_sarabun.ROOT) / "files" / f"Sarabun-{style}.ttf"


def _fallback() -> dict[str, Path]:
    """The fallback family's files by style, or nothing: the system may have neither the font nor fontconfig's tools."""
    tool = shutil.which("fc-match")
    # What the machine has, also where this process already looks only into our own directory.
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    found = {}
    for style in _STYLES if tool else ():
        pattern = f"{_SYMBOLS_SOURCE}:style={'Book' if style == 'Regular' else style}"
        answer = subprocess.run(
            [str(tool), "-f", "%{family[0]}\t%{file}", pattern],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        ).stdout
        family, _, name = answer.partition("\t")
        if family == _SYMBOLS_SOURCE and name.endswith(".ttf") and Path(name).is_file():
            found[style] = Path(name)
    return found if len(found) == len(_STYLES) else {}


def _write_for_screens(directory: Path) -> None:
    """The print fonts again for browsers, and a style sheet that names them in the order in which Pango asks them."""
    faces, families = [], dict.fromkeys((FAMILY, SYMBOLS), False)
    for path in sorted((directory / "print").glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            family, style = font["name"].getDebugName(1), font["name"].getDebugName(2)
        families[family] = True
        name = f"{path.stem.lower()}.woff2"
        _write(directory / "web" / name, _woff2(path))
        weight = 700 if style == "Bold" else 400
        faces.append(_FACE_CSS.format(family=family, name=name, weight=weight))
    asked = ", ".join(f'"{family}"' for family, there in families.items() if there)
    faces.append(f":root {{ --document-fonts: {asked}; }}\n")
    _write(directory / "web" / "document.css", "".join(faces).encode())


def _woff2(source: Path) -> bytes:
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = "woff2"
    with tempfile.TemporaryFile() as out:
        font.save(out)
        out.seek(0)
        return out.read()


def _config(directory: Path) -> bytes:
    return _CONFIG_XML.format(family=FAMILY, cache=escape(str(directory.resolve() / "cache"))).encode()


def _stamp(directory: Path) -> str:
    """Changes whenever the result would: with the deriving code, the source fonts and the tools that shape them."""
    digest = hashlib.sha256()
    for path in (
        Path(__file__),
        Path(__file__).with_name("clusters.py"),
        *map(_source, _WEB.values()),
        *_fallback().values(),
    ):
        digest.update(path.read_bytes())
    digest.update(_config(directory))
    digest.update(f"{version('uharfbuzz')} {version('fonttools')}".encode())
    return digest.hexdigest()


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).chmod(0o644)
    Path(name).replace(path)

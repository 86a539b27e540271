"""You come here for the fonts of the document: made once at install time, looked for at every start, never guessed.

``build_fonts`` writes, below one directory: the derived fonts for print, those asked for what Sarabun lacks, the
fontconfig file that makes these the only fonts Pango sees, what letters they have, and the web fonts.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from fontTools.ttLib import TTFont

from reports.document.font_sources import (
    EMOJI,
    FAMILIES,
    FAMILY,
    STYLES,
    SYMBOLS,
    FontsMissing,
    Source,
    fallbacks,
    official,
    packaged,
)

_WEB: Final = {"400": "Regular", "600": "SemiBold", "700": "Bold"}
# A letter with marks of no script of its own upon it; of digits, a key's frame.
_MARKED: Final = re.compile("\\S[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]+")
_KEYCAP: Final = "\u20e3"

_ON_SCREENS: Final = (FAMILY, SYMBOLS)
_COMPACT: Final = FAMILY.replace(" ", "")
_STAMP: Final = "stamp"
_CONFIG: Final = "fonts.conf"
_LETTERS: Final = "letters.txt"
_SUMS: Final = "sums.json"
_NAMED: Final = "made-from"
_NEEDED: Final = (*(f"print/{_COMPACT}-{style}.ttf" for style in STYLES), _CONFIG, _LETTERS, _SUMS)

_CONFIG_XML: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">print</dir>
  <cachedir>{cache}</cachedir>
  <alias binding="same"><family>sans-serif</family><prefer><family>{family}</family></prefer></alias>
  <alias binding="same"><family>emoji</family><prefer><family>{emoji}</family></prefer></alias>
</fontconfig>
"""

_FACE_CSS: Final = (
    '@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{name}") format("woff"); }}\n'
)


class Unprintable(ValueError):
    """A document that cannot be printed as it is; ``str(error)`` is a Thai sentence for whoever wrote it."""


class UnprintableText(Unprintable):
    """Letters that no font of the document has; ``str(error)`` is a Thai sentence that names them."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        named = " ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in characters[:10])
        super().__init__(
            f"แบบอักษรของเอกสารไม่มีอักขระ {named} จึงยังพิมพ์เอกสารไม่ได้ กรุณาลบหรือเปลี่ยนอักขระดังกล่าวแล้วลองอีกครั้ง"
        )


def build_fonts(directory: Path, named: str = "") -> None:
    """Write the print fonts, their fontconfig file and the web fonts below ``directory``, whole or not at all.

    The document's font is derived from the packaged Sarabun, or from a font of the machine, ``named`` by its family
    or by the path of one of its files. Raises ``FontsMissing`` where one that is needed is not on the machine.
    Another process may be reading the old ones: each file is replaced in one step, the stamp last.
    """
    from reports.document import clusters  # noqa: PLC0415 -- its tools are needed only where fonts are made

    stamp, sources = _stamp(directory, named), fallbacks()
    for part in ("print", "web"):
        (directory / part).mkdir(parents=True, exist_ok=True)
    made = {}
    for style, path in _own(named).items():
        scale = clusters.OFFICIAL if named else clusters.SARABUN
        made[f"{_COMPACT}-{style}.ttf"] = clusters.derive(path, family=FAMILY, style=style, scale=scale)
    made |= {source.name: clusters.scaled(source) for source in sources}
    for name, data in made.items():
        _write(directory / "print" / name, data)
    for path in set((directory / "print").glob("*.ttf")) - {directory / "print" / name for name in made}:
        path.unlink()
    for weight, style in _WEB.items():
        _write(directory / "web" / f"sarabun-{weight}.woff2", _packed(packaged(style), "woff2"))
    _write_for_screens(directory)
    _write(directory / _CONFIG, _config(directory))
    _write(directory / _LETTERS, "\n".join(_letters_of(directory)).encode())
    _write(directory / _SUMS, json.dumps(_sums(directory), indent=1).encode())
    _write(directory / _NAMED, named.encode())
    _write(directory / _STAMP, stamp.encode())
    _letters.cache_clear()


def is_current(directory: Path, named: str = "") -> bool:
    """Whether ``directory`` holds what :func:`build_fonts` would write there."""
    stamp = directory / _STAMP
    return not faults(directory, named) and stamp.is_file() and stamp.read_text() == _stamp(directory, named)


def faults(directory: Path, named: str = "") -> list[str]:
    """What is wrong with the fonts below ``directory``: files that are missing or broken, or made from another font."""
    try:
        sums = json.loads((directory / _SUMS).read_bytes())
        made_from = (directory / _NAMED).read_text()
    except (OSError, ValueError):
        return [_SUMS]
    found = _sums(directory)
    wrong = [name for name in sorted({*sums, *found}) if sums.get(name) != found.get(name)]
    return wrong if made_from == named else [*wrong, f"made from {made_from or 'Sarabun'}"]


def letters_file(directory: Path, style: str) -> Path:
    """The file of the document's own letters in a style of ``STYLES``."""
    return directory / "print" / f"{_COMPACT}-{style}.ttf"


def fontconfig_file(directory: Path) -> Path:
    """The fontconfig file below ``directory``. Raises ``FontsMissing`` where the fonts were not built there."""
    lacking = [name for name in _NEEDED if not (directory / name).is_file()]
    if lacking:
        raise FontsMissing(
            f"The fonts of the document are missing in {directory} ({', '.join(lacking)}): run manage.py build_fonts."
        )
    return directory / _CONFIG


def check_printable(text: Iterable[str], directory: Path) -> None:
    """Raise ``UnprintableText`` if any letter of ``text`` would be printed as an empty box."""
    unknown = set(text) - _letters(directory, FAMILY)
    for family in FAMILIES[1:] if unknown else ():
        unknown -= _letters(directory, family)
    if unknown:
        raise UnprintableText(tuple(sorted(unknown)))


def together(text: str, directory: Path) -> Iterator[tuple[int, int, str]]:
    """Where in ``text`` a letter and the marks on it must be drawn by another family than the document's, and which."""
    own = _letters(directory, FAMILY)
    for match in _MARKED.finditer(text):
        if not own.issuperset(match[0]):
            asked = (EMOJI,) if match[0].endswith(_KEYCAP) else FAMILIES[1:]
            able = (family for family in asked if _letters(directory, family).issuperset(match[0]))
            if family := next(able, ""):
                yield *match.span(), family


@lru_cache(maxsize=64)
def _letters(directory: Path, family: str) -> frozenset[str]:
    """The letters of ``family``; with those of the document's own, the white space that needs no glyph."""
    lines = (directory / _LETTERS).read_text(encoding="utf-8").split("\n")
    return frozenset(lines[FAMILIES.index(family)] + " \n\t\r\x0c" * (family == FAMILY))


def _letters_of(directory: Path) -> list[str]:
    """What each family has in every style; nothing for one that is not there."""
    found = []
    for family in FAMILIES:
        paths = [directory / "print" / Source(family, style, Path()).name for style in STYLES]
        codes: list[set[int]] = []
        for path in filter(Path.is_file, paths):
            with TTFont(path, lazy=True) as font:
                codes.append(set(font.getBestCmap()))
        have = set.intersection(*codes) if codes else set()
        found.append("".join(chr(code) for code in sorted(have) if code > ord(" ")))
    return found


def _own(named: str) -> dict[str, Path]:
    return official(named) if named else {style: packaged(style) for style in STYLES}


def _sums(directory: Path) -> dict[str, str]:
    """The SHA-256 of every file from which documents are printed."""
    files = [*(directory / "print").glob("*.ttf"), directory / _LETTERS]
    return {
        str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(files)
        if path.is_file()
    }


def _write_for_screens(directory: Path) -> None:
    """The print fonts again for browsers, and a style sheet that names them in the order in which Pango asks them.

    Only those of every day: a browser brings fonts of its own for other scripts. WOFF 2 would make them a third smaller
    and take ten times as long.
    """
    faces = []
    for family in _ON_SCREENS:
        for style, weight in STYLES.items():
            path = directory / "print" / Source(family, style, Path()).name
            name = f"{path.stem.lower()}.woff"
            _write(directory / "web" / name, _packed(path, "woff"))
            faces.append(_FACE_CSS.format(family=family, name=name, weight=weight))
    asked = ", ".join(f'"{family}"' for family in _ON_SCREENS)
    faces.append(f":root {{ --document-fonts: {asked}; }}\n")
    _write(directory / "web" / "document.css", "".join(faces).encode())


def _packed(source: Path, flavor: str) -> bytes:
    font = TTFont(source, recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = flavor
    with tempfile.TemporaryFile() as out:
        font.save(out)
        out.seek(0)
        return out.read()


def _config(directory: Path) -> bytes:
    cache = escape(str(directory.resolve() / "cache"))
    return _CONFIG_XML.format(family=FAMILY, emoji=EMOJI, cache=cache).encode()


def _stamp(directory: Path, named: str) -> str:
    """Changes whenever the result would: with the deriving code, the source fonts and the tools that shape them."""
    code = [
        Path(__file__).with_name(name)
        for name in ("fonts.py", "font_sources.py", "clusters.py", "neighbours.py")
    ]
    sources = [*_own(named).values(), *map(packaged, _WEB.values()), *(source.path for source in fallbacks())]
    digest = hashlib.sha256()
    for path in dict.fromkeys(code + sources):
        digest.update(path.read_bytes())
    digest.update(_config(directory))
    digest.update(f"{named} {version('uharfbuzz')} {version('fonttools')}".encode())
    return digest.hexdigest()


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).chmod(0o644)
    Path(name).replace(path)

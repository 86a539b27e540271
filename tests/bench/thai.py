"""How often a line of Thai ends inside a word, ours and Chromium's, on the same texts at the same widths.

``thai.breaks_inside_words`` is the share of line ends (a paragraph's last one is none) that stand inside a word that
would have fitted into the line: a word is what PyThaiNLP's newmm sees when it is given the whole paragraph, it fits if
its own width is not more than the line's, and inside means that letters of it stand on both sides. The texts are, each
line of them a paragraph:

- the real report, whatever is printed of it; the number without a name of texts;
- ``official``: what we wrote for this, of the kind a town writes about other things; nothing was changed for its sake;
- ``software``: the Thai messages of Django and its packages, by their translators.

Each is set at the widths of the form: the memorandum's, its first line indented, and the table's five columns.
``vs_chromium`` is our share divided by that of Chromium, which has the same fonts, sizes, widths and language and
breaks the plain text as it likes.
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from importlib.metadata import files
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from pythainlp.tokenize import newmm

from reports.content import Content
from reports.document.engine import in_turn
from reports.document.font_sources import FAMILY
from reports.document.sheet import CM
from tests.bench import chromium
from tests.bench.seed import Seeded

OFFICIAL = Path(__file__).with_name("texts") / "official.txt"
THAI = re.compile("[\u0e01-\u0e4e]")
LEAST = 20  # letters of a message that can fill a line
PACKAGES = ("Django", "django-allauth")
# Each text's paragraphs at each width; of each the letters at which its lines but the first begin.
READ = """
() => [...document.querySelectorAll("p")].map(paragraph => {
    const text = paragraph.firstChild, range = document.createRange(), found = [];
    let line = null;
    for (let at = 0; at < text.length; at++) {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const box = range.getBoundingClientRect();
        if (!box.width) continue;
        if (line !== null && box.top > line + 5) found.push(at);
        line = box.top;
    }
    return found;
})
"""


@dataclass(frozen=True)
class Column:
    """Where text is set: points of letters, points of width, and how much narrower the first line is."""

    points: int
    width: float
    indent: float = 0


def run(town: Seeded) -> Iterator[tuple[str, float]]:
    """The shares and what they are of Chromium's."""
    texts = {
        "": list(real(town.content)),
        ".official": OFFICIAL.read_text().splitlines(),
        ".software": list(software()),
    }
    for name, paragraphs in texts.items():
        ours, theirs = shares(paragraphs, town.content)
        yield f"thai.breaks_inside_words{name}", round(ours, 4)
        yield f"thai.breaks_inside_words{name}.vs_chromium", round(ours / theirs, 3)


def shares(paragraphs: list[str], content: Content) -> tuple[float, float]:
    """Our share and Chromium's, in the form that ``content`` is printed in."""
    with in_turn() as font_config:
        from reports.document.paragraphs import Face, Setter  # noqa: PLC0415 -- after the engine has its fonts

        setter = Setter(font_config)
        places = [(column, text) for column in columns(content, setter) for text in paragraphs]
        ours = []
        for column, text in places:
            lines = setter.lines(text, Face(column.points, 0), column.width, column.indent)
            ours.append(list(_begins(text, [line.words for line in lines])))
        theirs = _chromium(places)
        words = {text: _words(text) for text in paragraphs}

        def share(found: list[list[int]]) -> float:
            inside = total = 0
            for (column, text), begins in zip(places, found, strict=True):
                face = Face(column.points, 0)
                total += len(begins)
                for start, end in _cut(words[text], begins):
                    (word,) = setter.lines(text[start:end], face)
                    inside += word.width <= column.width
            return inside / total

        return share(ours), share(theirs)


def columns(content: Content, setter: Any) -> list[Column]:
    """The memorandum and the columns of the table."""
    from reports.document.table.widths import form_of  # noqa: PLC0415 -- after the engine has its fonts

    form = form_of(content.table, setter, thai=content.thai_digits)
    table = [Column(form.points, form.room(number)) for number in range(len(form.sources))]
    return [Column(16, 16 * CM, 2.5 * CM), *table]


def real(content: Content) -> Iterator[str]:
    """Every paragraph of Thai that is printed of the report, white space as it is printed."""
    yield from dict.fromkeys(_thai(_strings(json.loads(content.canonical_json()))))


def software() -> Iterator[str]:
    """The messages of installed packages that are long enough, without the marks for what is put into them."""
    messages = []
    for package in PACKAGES:
        for file in files(package) or ():
            if file.match("locale/th/LC_MESSAGES/*.mo"):
                with file.locate().open("rb") as opened:  # type: ignore[attr-defined]
                    messages += list(vars(gettext.GNUTranslations(opened))["_catalog"].values())
    found = dict.fromkeys(_thai(message for message in messages if isinstance(message, str)))
    yield from (text for text in found if len(text) > LEAST and not set("%{") & set(text))


def _strings(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        yield from (text for part in thing.values() for text in _strings(part))
    elif isinstance(thing, list):
        yield from (text for part in thing for text in _strings(part))


def _thai(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (" ".join(line.split()) for line in text.splitlines() if THAI.search(line))


def _words(text: str) -> list[tuple[int, int]]:
    """Where each word of newmm's begins and ends."""
    words, at = [], 0
    for word in newmm.segment(text):
        if not word.isspace():
            words.append((at, at + len(word)))
        at += len(word)
    return words


def _begins(text: str, lines: list[str]) -> Iterator[int]:
    """Where the lines but the first begin."""
    at = len(lines[0]) if lines else 0
    for line in lines[1:]:
        at = text.index(line, at)
        yield at
        at += len(line)


def _cut(words: list[tuple[int, int]], begins: list[int]) -> Iterator[tuple[int, int]]:
    """Each word with one of ``begins`` inside, once for each."""
    for at in begins:
        yield from ((start, end) for start, end in words if start < at < end)


def _chromium(places: list[tuple[Column, str]]) -> list[list[int]]:
    """Where Chromium begins lines."""
    paragraphs = "".join(
        f'<p style="font-size:{column.points * 0.8}pt;width:{column.width}pt;text-indent:{column.indent}pt">'
        f"{escape(text, quote=False)}</p>"
        for column, text in places
    )
    style = f"p {{ font-family: '{FAMILY}'; overflow-wrap: anywhere; }}"
    page = f'<!DOCTYPE html><html lang="th"><meta charset="utf-8"><style>{style}</style>{paragraphs}</html>'
    environ: dict[str, str | float | bool] = {**chromium.environment()}
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=chromium.executable(), args=chromium.ARGUMENTS, env=environ
        )
        tab = browser.new_page()
        tab.set_content(page)
        found: list[list[int]] = tab.evaluate(READ)
        browser.close()
    return found

"""What a reader gets who copies or searches a PDF's text: asked of four programs that do it in their own ways."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import pairwise
from tempfile import NamedTemporaryFile

import pypdf
import pypdfium2

# A line may begin on one page and end on the next; this many letters must stand together on each side.
PART = 8
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# pdftotext puts marks of direction of its own around right-to-left letters, whatever file they come from.
NOT_TEXT = re.compile("[\\s\u202b\u202c]+")


def pages(extractor: str, pdf: bytes) -> list[str]:
    """The text of each page as ``extractor`` reads it, without white space, since lines wrap."""
    return [NOT_TEXT.sub("", page) for page in EXTRACTORS[extractor](pdf)]


def missing(extractor: str, pdf: bytes, lines: Iterable[str]) -> list[str]:
    """Those of ``lines`` that ``extractor`` does not find letter for letter, and what it finds but nobody typed."""
    found = pages(extractor, pdf)
    absent = [line for line in lines if not _there(re.sub(r"\s+", "", line), found)]
    return absent + sorted(set(INVISIBLE.findall("".join(found))))


def _there(line: str, found: list[str]) -> bool:
    if any(line in page for page in found):
        return True
    cuts = range(PART, len(line) - PART + 1)
    return any(line[:cut] in a and line[cut:] in b for a, b in pairwise(found) for cut in cuts)


def _command(*command: str) -> Callable[[bytes], list[str]]:
    def extract(pdf: bytes) -> list[str]:
        with NamedTemporaryFile(suffix=".pdf") as file:
            file.write(pdf)
            file.flush()
            words = [file.name if word == "FILE" else word for word in command]
            done = subprocess.run(words, capture_output=True, check=True, timeout=60)
        return done.stdout.decode("utf-8").rstrip("\f\n").split("\f")

    return extract


def _pypdf(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages]


def _pdfium(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


EXTRACTORS: dict[str, Callable[[bytes], list[str]]] = {
    "pdftotext": _command("pdftotext", "-enc", "UTF-8", "FILE", "-"),
    "mutool": _command("mutool", "draw", "-q", "-F", "text", "FILE"),
    "pypdf": _pypdf,
    "pdfium": _pdfium,
}

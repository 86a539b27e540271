"""What a screen reader gets from a PDF: its tree of tags, and which of what is painted belongs to it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

PAINTING = set(b"Tj TJ ' \" f F f* S s B B* b b* Do sh BI".split())


@dataclass(eq=False)
class Tag:
    """An element as the file has it: its role, attributes, children, and marks as (page, number)."""

    role: str
    attributes: dict[str, Any]
    alt: str = ""
    name: str = ""
    children: list[Tag] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *roles: str) -> list[Tag]:
        return [tag for tag in self.walk() if tag.role in roles]


@dataclass(frozen=True)
class Page:
    """The numbers of its marks in the order of painting, and the operators that paint outside any mark."""

    marks: list[int]
    unmarked: list[bytes]


def root_of(pdf: bytes) -> Any:
    """The catalog."""
    return pypdf.PdfReader(BytesIO(pdf)).root_object


def tree(pdf: bytes) -> Tag:
    """The ``Document`` element."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    pages = {
        page.indirect_reference.idnum: n for n, page in enumerate(reader.pages) if page.indirect_reference
    }
    return _tag(reader.root_object["/StructTreeRoot"]["/K"], pages)  # type: ignore[index]


def by_mark(pdf: bytes) -> list[list[str]]:
    """What the parent tree says: of each page the role that each mark belongs to."""
    found = root_of(pdf)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    return [[element.get_object()["/S"][1:] for element in page.get_object()] for page in found[1::2]]


def painted(pdf: bytes) -> list[Page]:
    """How each page is painted."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    return [_page(ContentStream(page["/Contents"], reader).operations) for page in reader.pages]


def spoken(pdf: bytes) -> str:
    """All that is read aloud, in order, without white space."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = "pdfinfo", "-struct-text", "-enc", "UTF-8", file.name
        lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    texts = (line.strip()[1:-1] for line in lines if line.strip().startswith('"'))
    return "".join("".join(texts).split())


def _page(operations: Any) -> Page:
    within: list[bool] = []
    page = Page([], [])
    for words, operator in operations:
        if operator in (b"BDC", b"BMC"):
            within.append(True)
            if operator == b"BDC" and "/MCID" in words[1]:
                page.marks.append(words[1]["/MCID"])
        elif operator == b"EMC":
            within.pop()
        elif operator in PAINTING and not within:
            page.unmarked.append(operator)
    assert not within
    return page


def _tag(reference: Any, pages: dict[int, int]) -> Tag:
    element = reference.get_object()
    attributes = {str(key)[1:]: value for key, value in element.get("/A", {}).items()}
    tag = Tag(str(element["/S"])[1:], attributes, str(element.get("/Alt", "")), str(element.get("/ID", "")))
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        if isinstance(kid, int):
            tag.marks.append((pages[element.raw_get("/Pg").idnum], int(kid)))
        elif isinstance(kid, DictionaryObject):
            number: Any = kid["/MCID"]
            tag.marks.append((pages[kid.raw_get("/Pg").idnum], int(number)))
        else:
            tag.children.append(_tag(kid, pages))
            assert kid.get_object()["/P"] == element
    return tag

"""You come here for the tags of the file: marks around what is painted, and the tree that says how it is read aloud.

PDF/UA-1 (ISO 14289-1) asks that all that is painted is either part of that tree or marked as an artifact. Everything
here is written once and looked up by number, so that the time grows with the document and no faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import pydyf

from reports.document.packing import Fixed
from reports.document.structure import Element

_CELLS = ("TD", "TH")  # they stand in the tree even if nothing is in them


class Marks:
    """Which element each piece of each page belongs to, noted while the pages are painted one after the other."""

    def __init__(self) -> None:
        self.pages: list[list[Element]] = []
        """The element of every mark of a page; a mark's number is its place."""
        self.boxes: dict[Element, tuple[float, float, float, float]] = {}
        """Where a figure stands on its page: left, bottom, right, top."""

    def turn(self) -> None:
        """Begin a page."""
        self.pages.append([])

    @contextmanager
    def around(self, stream: Any, element: Element | None) -> Iterator[None]:
        """Mark what is painted meanwhile as part of ``element``, or as what stands on a page only for turning it."""
        if element is None:
            with artifact(stream, "Pagination"):
                yield
            return
        page = self.pages[-1]
        stream.begin_marked_content(element.role, pydyf.Dictionary({"MCID": len(page)}))
        page.append(element)
        yield
        stream.end_marked_content()


@contextmanager
def artifact(stream: Any, kind: Literal["Layout", "Pagination"]) -> Iterator[None]:
    """Mark what is painted meanwhile as nothing that is read aloud."""
    stream.begin_marked_content("Artifact", pydyf.Dictionary({"Type": f"/{kind}"}))
    yield
    stream.end_marked_content()


def write(pdf: Any, structure: Element, marks: Marks) -> None:
    """Put the tree into ``pdf``, whose pages were painted with ``marks``; elements with nothing in them stay out."""
    _Tree(pdf, structure, marks).write()


@dataclass
class _Node:
    """An element of the tree: its parent and children by their place, its marks as (page, number)."""

    element: Element
    parent: int
    kids: list[int] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)


class _Tree:
    def __init__(self, pdf: Any, structure: Element, marks: Marks) -> None:
        self._pdf = pdf
        self._pages: tuple[bytes, ...] = pdf.page_references
        self._marks = marks
        self._places: dict[Element, int] = {}
        self._nodes: list[_Node] = []
        self._named: dict[Element, str] = {}
        self._marked: dict[Element, list[tuple[int, int]]] = {}
        for page, elements in enumerate(marks.pages):
            for number, element in enumerate(elements):
                self._marked.setdefault(element, []).append((page, number))
        self._lay(structure, -1)
        for node in self._nodes:
            for header in node.element.headers:
                # As many digits as sort them in the order of their making, which the name tree needs.
                self._named.setdefault(header, f"h{len(self._named):07}")

    def _lay(self, element: Element, parent: int) -> int | None:
        """Give ``element`` and those below it their places; None where nothing is in it."""
        place = len(self._nodes)
        node = _Node(element, parent, marks=self._marked.get(element, []))
        self._nodes.append(node)
        for child in element.children:
            if (laid := self._lay(child, place)) is not None:
                node.kids.append(laid)
        if not node.kids and not node.marks and element.role not in _CELLS:
            self._nodes.pop()
            return None
        self._places[element] = place
        return place

    def write(self) -> None:
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self._pdf.add_object(root)
        self._root, self._first = root.number, root.number + 1
        for node in self._nodes:
            self._pdf.add_object(Fixed(self._node(node)))
        parents = Fixed(self._parents())
        self._pdf.add_object(parents)
        root |= {
            "K": self._reference(0),
            "ParentTree": parents.reference,
            "ParentTreeNextKey": len(self._pages),
        }
        if self._named:
            names = Fixed(self._names())
            self._pdf.add_object(names)
            root["IDTree"] = names.reference
        self._pdf.catalog["StructTreeRoot"] = root.reference
        self._pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        for number, page in enumerate(self._pdf.pages["Kids"][::3]):
            self._pdf.objects[page] |= {"StructParents": number, "Tabs": "/S"}

    def _reference(self, place: int) -> str:
        return f"{self._first + place} 0 R"

    def _node(self, node: _Node) -> bytes:
        element = node.element
        parent = self._reference(node.parent) if node.parent >= 0 else f"{self._root} 0 R"
        parts = [f"<</Type/StructElem/S/{element.role}/P {parent}".encode()]
        if node.marks:
            parts.append(b"/Pg " + self._pages[node.marks[0][0]])
        if node.marks or node.kids:
            parts.append(b"/K[" + b" ".join(self._contents(node)) + b"]")
        if name := self._named.get(element):
            parts.append(f"/ID({name})".encode())
        if element.alt:
            parts.append(b"/Alt" + pydyf.String(element.alt).data)
        if attributes := self._attributes(element):
            parts.append(f"/A<<{attributes}>>".encode())
        return b"".join((*parts, b">>"))

    def _contents(self, node: _Node) -> Iterator[bytes]:
        for page, number in node.marks:
            if page == node.marks[0][0]:
                yield str(number).encode()
            else:
                yield b"<</Type/MCR/Pg " + self._pages[page] + f"/MCID {number}>>".encode()
        for kid in node.kids:
            yield self._reference(kid).encode()

    def _attributes(self, element: Element) -> str:
        if element.role in _CELLS:
            return self._of_cell(element)
        if element.numbering:
            return f"/O/List/ListNumbering/{element.numbering}"
        if box := self._marks.boxes.get(element):
            return f"/O/Layout/Placement/Block/BBox[{' '.join(f'{edge:.2f}' for edge in box)}]"
        return ""

    def _of_cell(self, element: Element) -> str:
        scope = f"/Scope/{element.scope}" if element.scope else ""
        span = f"/ColSpan {element.columns}" if element.columns > 1 else ""
        names = "".join(f"({self._named[header]})" for header in element.headers)
        headers = f"/Headers[{names}]" if names else ""
        return f"/O/Table{scope}{span}{headers}" if scope or span or headers else ""

    def _parents(self) -> bytes:
        """Which element each mark belongs to, page by page."""
        pages = (
            f"{number}[{' '.join(self._reference(self._places[element]) for element in elements)}]"
            for number, elements in enumerate(self._marks.pages)
        )
        return f"<</Nums[{''.join(pages)}]>>".encode()

    def _names(self) -> bytes:
        pairs = (f"({name}){self._reference(self._places[element])}" for element, name in self._named.items())
        return f"<</Names[{''.join(pairs)}]>>".encode()

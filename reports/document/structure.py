"""You come here for the order in which the document is read aloud: a tree of headings, paragraphs, lists and tables.

The setting modules build the tree while they place lines; ``pdf`` writes it as the tags of the file. Roles are the
standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4). Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(eq=False)
class Element:
    """A node: either it holds other nodes, or lines of a sheet name it as what they belong to.

    ``alt`` says what a ``Figure`` shows. ``scope`` ("Column", "Row") is a ``TH``'s, ``headers`` are the ``TH``s that a
    ``TD`` (or a ``TH`` below another) belongs to, ``columns`` how many columns a cell spans, ``numbering`` how an
    ``L`` is numbered ("Decimal", "Disc", "None").
    """

    role: str
    alt: str = ""
    scope: str = ""
    headers: tuple[Element, ...] = ()
    columns: int = 1
    numbering: str = ""
    children: list[Element] = field(default_factory=list)

    def add(
        self,
        role: str,
        *,
        alt: str = "",
        scope: str = "",
        headers: tuple[Element, ...] = (),
        columns: int = 1,
        numbering: str = "",
    ) -> Element:
        """A new last child."""
        child = Element(role, alt, scope, headers, columns, numbering)
        self.children.append(child)
        return child

    def walk(self) -> Iterator[Element]:
        """This node and all below it, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.walk()

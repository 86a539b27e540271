"""You come here for the memorandum's even right edge: full lines are spread between their letters, as Thai typists do.

Thai has few spaces, and stretching only those tears a line open. Each line stays broken where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

_SPREAD: Final = {"text", "item"}
_STILL: Final = re.compile("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]")
_MOST: Final = 4 / 3  # pixels, which are a point: beyond it the line is left as it is


def spread(pages: Iterable[Any]) -> None:
    """Spread the full lines of running text on WeasyPrint's ``pages``, in place, before they are drawn."""
    for page in pages:
        for box in page._page_box.descendants():  # WeasyPrint shows its boxes nowhere else
            if box.element_tag == "p" and _SPREAD & set((box.element.get("class") or "").split()):
                for line in getattr(box, "children", ()):
                    # The last line of a paragraph resumes nowhere.
                    if getattr(line, "resume_at", None) is not None:
                        _spread_line(line, box.content_box_x() + box.width)


def _spread_line(line: Any, edge: float) -> None:
    texts = list(_texts(line))
    if not texts:
        return
    rest = edge - texts[-1].position_x - texts[-1].width
    letters = sum(_advances(text.text) for text in texts) - 1
    if letters < 1 or not 0 < rest / letters <= _MOST:
        return
    # Asked of Pango, not computed: which of the invisible characters it spaces is its own affair.
    spacing = rest / letters
    gained = sum(_width(text, spacing) - text.width for text in texts)
    if gained <= 0:
        return
    spacing *= rest / gained
    moved = 0.0
    for text in texts:
        text.position_x += moved
        moved += _apply(text, spacing)


def _texts(box: Any) -> Iterator[Any]:
    """The pieces of text of a line, in reading order."""
    for child in box.children:
        if hasattr(child, "pango_layout"):
            yield child
        elif hasattr(child, "children"):
            yield from _texts(child)


def _advances(text: str) -> int:
    """How many letters of ``text`` move the pen: neither the marks above and below nor ำ, which is part of a glyph."""
    return len(text) - len(_STILL.findall(text))


def _layout(box: Any, spacing: float) -> tuple[Any, Any, float]:
    from weasyprint.text.line_break import create_layout, line_size  # noqa: PLC0415 -- after Pango has its fonts

    style = box.style.copy()
    style["letter_spacing"] = spacing
    layout = create_layout(box.text, style, None, None, 0)
    width, _ = line_size(layout.get_first_line()[0], style)
    return style, layout, width


def _width(box: Any, spacing: float) -> float:
    return _layout(box, spacing)[2]


def _apply(box: Any, spacing: float) -> float:
    """Space the letters of ``box``; how much wider it became."""
    style, layout, width = _layout(box, spacing)
    layout.deactivate()
    gained = width - box.width
    box.style, box.pango_layout, box.width = style, layout, width
    return float(gained)

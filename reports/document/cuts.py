"""You come here for where rows longer than a page are cut, as read from the pages that were laid out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from reports.document.layout import Breaks


@dataclass
class _Row:
    """The pages on which a row, its steps and its results stand, and those on which the headings gave way to it."""

    pages: set[int] = field(default_factory=set)
    headless: set[int] = field(default_factory=set)
    steps: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    results: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def find(pages: Iterable[Any], known: Breaks) -> Breaks:
    """What :func:`layout.row_parts` should do with each row that does not fit on a page, given WeasyPrint's ``pages``.

    First such a row is let loose, then it is cut at each page's end that falls between two steps or results. No cut
    is made inside a step or a result: one longer than a page just runs on.
    """
    found = dict(known)
    for key, row in _rows(pages).items():
        if key not in known:
            if len(row.pages) > 1 or row.headless:
                found[key] = ()
            continue
        cuts = set(known[key])
        for page in sorted(row.pages)[:-1]:
            cut = (_before(row.steps, page), _before(row.results, page))
            if cut != (0, 0) and cut != (len(row.steps), len(row.results)) and not _runs_on(row, page):
                cuts.add(cut)
        found[key] = tuple(sorted(cuts))
    return found


def _rows(pages: Iterable[Any]) -> dict[str, _Row]:
    rows: dict[str, _Row] = defaultdict(_Row)
    for number, page in enumerate(pages):
        row, heads = _Row(), 0
        for box in page._page_box.descendants():  # WeasyPrint shows its boxes nowhere else
            tag, element = box.element_tag, box.element
            if tag == "thead":
                heads += 1
            elif tag == "tr" and (key := element.get("data-row")) is not None:
                row = rows[key]
                row.pages.add(number)
                if not heads:
                    row.headless.add(number)
            elif tag == "p":
                if (step := element.get("data-step")) is not None:
                    row.steps[int(step)].add(number)
                elif (result := element.get("data-result")) is not None:
                    row.results[int(result)].add(number)
    return rows


def _before(lines: dict[int, set[int]], page: int) -> int:
    """How many lines begin on ``page`` or before."""
    return sum(min(pages) <= page for pages in lines.values())


def _runs_on(row: _Row, page: int) -> bool:
    return any(min(pages) <= page < max(pages) for pages in (*row.steps.values(), *row.results.values()))

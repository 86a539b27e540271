"""The report as PDF by the portal, against Chromium printing a plain page of it (``page``) with the same fonts.

``real`` is the demonstration's report, 50 and 200 are as many measures in its words. Chromium prints as it does when
nobody asks for anything: tagged, as ours are; nothing is attached to either. Ours bears its code on every page, as what
is presented does; Chromium's page has none. Of sizes, ``pdf.real.bytes.vs_chromium`` is ours without tags to that,
``pdf.real.tagged…`` ours with them, and ``…untagged`` has none on either side. Memory is the resident peak of one
process that renders 50 measures, Chromium's of all its processes added up, and once more with what they share counted
once. The preview is the answer to an officer who edited the memorandum of 50 measures, against that to one who opens
its PDF.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.test import Client
from django.urls import reverse

from reports.content import Content
from reports.document.pdf import render_pdf
from tests.bench import chromium, memory
from tests.bench.mark import MARK
from tests.bench.page import page
from tests.bench.rounds import medians, seconds
from tests.bench.seed import Seeded, town
from tests.reports.test_report_form import typed

COLD = "-m", "tests.bench.cold"


def run(real: Seeded) -> Iterator[tuple[str, float]]:
    """Ratios of time (ours to Chromium's, kept open and started anew), of size and of memory."""
    towns = {"real": real, "50": town(slug="fifty", measures=50), "200": town(slug="many", measures=200)}
    with TemporaryDirectory() as name:
        directory = Path(name)
        files = {size: _written(directory / size, each.content) for size, each in towns.items()}
        yield from _warm({size: each.content for size, each in towns.items()}, files)
        yield from _cold(files["real"])
        yield from _bytes(real.content, files["real"])
        yield from _memory(files["50"])
    yield from _preview(towns["50"])


def _written(directory: Path, content: Content) -> Path:
    """A directory with the content for us and as a page for Chromium."""
    directory.mkdir()
    (directory / "content.json").write_text(content.canonical_json())
    (directory / "report.html").write_text(page(content))
    return directory


def _warm(contents: dict[str, Content], files: dict[str, Path]) -> Iterator[tuple[str, float]]:
    with chromium.warm() as browser:
        ways: dict[str, Callable[[], float]] = {}
        for size, content in contents.items():
            ways[f"{size} ours"] = seconds(partial(render_pdf, content, stage="presented", mark=MARK))
            ways[f"{size} theirs"] = seconds(partial(browser.print, files[size] / "report.html"))
        found = medians(ways)
    for size in contents:
        ratio = found[f"{size} ours"] / found[f"{size} theirs"]
        yield f"pdf.{size}.warm.vs_chromium_warm", round(ratio, 3)
    yield "pdf.200.vs_50.time", round(found["200 ours"] / found["50 ours"], 3)


def _cold(file: Path) -> Iterator[tuple[str, float]]:
    pdf = file / "cold.pdf"
    found = medians(
        {
            "ours": seconds(lambda: subprocess.run(_ours(file), check=True)),
            "theirs": seconds(lambda: chromium.cold(file / "report.html", pdf)),
        }
    )
    yield "pdf.real.cold.vs_chromium_cold", round(found["ours"] / found["theirs"], 3)


def _ours(file: Path) -> list[str]:
    return [sys.executable, *COLD, str(file / "content.json"), str(file / "ours.pdf")]


def _bytes(content: Content, file: Path) -> Iterator[tuple[str, float]]:
    with chromium.warm() as browser:
        theirs = len(browser.print(file / "report.html"))
        theirs_bare = len(browser.print(file / "report.html", tagged=False))
    ours = len(render_pdf(content, stage="presented", mark=MARK))
    with patch("reports.document.tags.write"):  # the portal itself always tags
        ours_bare = len(render_pdf(content, stage="presented", mark=MARK))
    yield "pdf.real.bytes.vs_chromium", round(ours_bare / theirs, 3)
    yield "pdf.real.tagged.bytes.vs_chromium", round(ours / theirs, 3)
    yield "pdf.real.bytes.vs_chromium_untagged", round(ours_bare / theirs_bare, 3)


def _memory(file: Path) -> Iterator[tuple[str, float]]:
    command = chromium.command(file / "report.html", file / "theirs.pdf")
    together: list[tuple[int, int]] = []

    def theirs() -> float:
        together.append(memory.peak_together(command, chromium.environment()))
        return together[-1][0]

    found = medians({"ours": lambda: memory.peak_alone(_ours(file)), "theirs": theirs}, rounds=5)
    yield "pdf.50.memory.vs_chromium", round(found["ours"] / found["theirs"], 3)
    shared_once = median(proportional for _, proportional in together)
    yield "pdf.50.memory.vs_chromium_shared_once", round(found["ours"] / shared_once, 3)


def _preview(town: Seeded) -> Iterator[tuple[str, float]]:
    report = town.plan.reports.get()
    client = Client(headers={"host": "localhost"})
    client.force_login(town.officer)
    form, edits = typed(report, part="memorandum"), count()

    def preview() -> None:
        edited = {**form, "sections-1-body": f"{form['sections-1-body']} {next(edits)}"}
        assert client.post(reverse("report_preview", args=[report.pk]), edited).status_code == 200

    def document() -> None:
        assert client.get(reverse("report_draft", args=[report.pk])).status_code == 200

    found = medians({"preview": seconds(preview), "document": seconds(document)})
    yield "preview.section.vs_document", round(found["preview"] / found["document"], 3)

"""The real report as PDF by the portal, against Chromium printing its HTML with the same fonts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from reports.content import Content
from reports.document.html import document_html
from reports.document.pdf import render_pdf
from tests.bench import chromium
from tests.bench.rounds import medians, seconds
from tests.bench.seed import Seeded

COLD = "-m", "tests.bench.cold"


def run(town: Seeded) -> Iterator[tuple[str, float]]:
    """Ratios of time (ours to Chromium's, kept open and started anew) and of size."""
    with TemporaryDirectory() as directory:
        yield from _compare(town.content, Path(directory))


def _compare(content: Content, directory: Path) -> Iterator[tuple[str, float]]:
    page, data = directory / "report.html", directory / "content.json"
    page.write_text(document_html(content, stage="presented", stylesheet_url="print.css"))
    (directory / "print.css").write_text(Path("static/css/print.css").read_text())
    data.write_text(content.canonical_json())
    with chromium.warm(page) as browser:
        ours, theirs = render_pdf(content, stage="presented"), browser.print()
        warm = medians(
            {
                "ours": seconds(lambda: render_pdf(content, stage="presented")),
                "theirs": seconds(browser.print),
            }
        )
    yield "pdf.real.warm.vs_chromium_warm", round(warm["ours"] / warm["theirs"], 3)
    pdf = directory / "cold.pdf"
    cold = medians(
        {
            "ours": seconds(lambda: subprocess.run([sys.executable, *COLD, str(data), str(pdf)], check=True)),
            "theirs": seconds(lambda: chromium.cold(page, pdf)),
        }
    )
    yield "pdf.real.cold.vs_chromium_cold", round(cold["ours"] / cold["theirs"], 3)
    yield "pdf.real.bytes.vs_chromium", round(len(ours) / len(theirs), 3)

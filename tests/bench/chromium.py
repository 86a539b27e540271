"""The system's Chromium as a peer that prints PDF: kept open, or started for each document."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import CDPSession, sync_playwright

from reports.document import fonts
from reports.document.engine import font_directory

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def executable() -> str:
    return os.environ.get("CHROMIUM", "/usr/bin/chromium")


def environment() -> dict[str, str]:
    """With the document's own fonts, so that both sides draw the same."""
    return {**os.environ, "FONTCONFIG_FILE": str(fonts.fontconfig_file(font_directory()))}


class Warm:
    """A Chromium that stays open; each document is loaded and printed over its debugging protocol."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._loaded = False
        session.on("Page.loadEventFired", self._on_load)

    def _on_load(self, _event: object) -> None:
        self._loaded = True

    def print(self, page: Path, *, tagged: bool = True) -> bytes:
        """Load the page and return it as PDF; tagged, as ours are, unless that is not wanted."""
        self._loaded = False
        self._session.send("Page.navigate", {"url": page.as_uri()})
        while not self._loaded:
            self._session.send("Runtime.evaluate", {"expression": "1"})
        asked = {"preferCSSPageSize": True, "printBackground": True, "generateTaggedPDF": tagged}
        printed = self._session.send("Page.printToPDF", asked)
        return base64.b64decode(printed["data"])


@contextmanager
def warm() -> Iterator[Warm]:
    """Chromium, open for as long as it is needed."""
    with sync_playwright() as player:
        environ: dict[str, str | float | bool] = {**environment()}
        browser = player.chromium.launch(executable_path=executable(), args=ARGUMENTS, env=environ)
        tab = browser.new_page()
        session = tab.context.new_cdp_session(tab)
        session.send("Page.enable")
        yield Warm(session)
        browser.close()


def command(page: Path, pdf: Path) -> list[str]:
    """What prints ``page`` in a Chromium started for it alone."""
    return [
        executable(), "--headless", *ARGUMENTS, f"--user-data-dir={pdf.parent / 'profile'}",
        "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri(),
    ]  # fmt: skip


def cold(page: Path, pdf: Path) -> None:
    """Print ``page`` in a Chromium started for it alone."""
    subprocess.run(command(page, pdf), env=environment(), check=True, capture_output=True, timeout=120)

"""A page of the system's Chromium, a fresh profile each time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser. Rows are made before it opens: it keeps a loop in this thread."""
    with sync_playwright() as player:
        executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = player.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def page(width: int, *, script: bool = True) -> Iterator[Page]:
    """One page of the given width in CSS pixels, with or without script."""
    with chromium() as browser:
        yield browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=script)


class Finger:
    """The device of a page, with passkeys of its own: it knows the finger laid on it, until it no longer does."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = made["authenticatorId"]

    def is_known(self, known: bool) -> None:
        """False: what the device is asked next is turned down, as by who cancels."""
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": known})

"""Static files where they lie, so that a test needs no `collectstatic`, and a name that leads nowhere still fails."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class FoundStaticFiles(StaticFilesStorage):
    """Addresses without a hash in them; raises ``ValueError`` for a file that is nowhere, as the real one does."""

    def url(self, name: str | None) -> str:
        if not finders.find(name or ""):
            raise ValueError(f"no such static file: {name}")
        return super().url(name)

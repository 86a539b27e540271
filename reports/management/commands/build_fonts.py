"""You come here to make the fonts of the document and of the web pages, at installation and after an update."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from reports.document import fonts
from reports.document.engine import font_directory


class Command(BaseCommand):
    help = "Derive the document's fonts from the packaged Sarabun; does nothing where they are up to date."
    requires_system_checks = ()  # one of them says that the fonts are missing

    def handle(self, *args: Any, **options: Any) -> None:
        directory = font_directory()
        if fonts.is_current(directory):
            self.stdout.write(f"Fonts are up to date in {directory}.")
            return
        fonts.build_fonts(directory)
        self.stdout.write(f"Fonts made in {directory}.")

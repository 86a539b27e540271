"""You come here to make the fonts of the document and of the web pages, at installation and after an update."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports.document import fonts
from reports.document.engine import font_directory
from reports.document.font_sources import FontsMissing


class Command(BaseCommand):
    help = "Make the document's fonts, from Sarabun or ITA_DOCUMENT_FONT; does nothing where they are up to date."
    requires_system_checks = ()  # one of them says that the fonts are missing

    def handle(self, *args: Any, **options: Any) -> None:
        directory, named = font_directory(), settings.DOCUMENT_FONT
        try:
            if fonts.is_current(directory, named):
                self.stdout.write(f"Fonts are up to date in {directory}.")
                return
            fonts.build_fonts(directory, named)
        except FontsMissing as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Fonts made in {directory}.")

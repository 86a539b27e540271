"""You come here for what is looked at before the portal starts, so that no document is ever printed in boxes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.utils import timezone

from reports.document import engine, fonts
from reports.document.font_sources import FAMILY, FontsMissing


def document_can_be_printed(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Fonts, Pango, HarfBuzz's subsetter: each that is missing in one sentence, with what to do."""
    try:
        fonts.fontconfig_file(engine.font_directory())
    except FontsMissing as error:
        return [Error(str(error), id="reports.E001")]
    if faults := fonts.faults(engine.font_directory(), settings.DOCUMENT_FONT):
        return [
            Error(
                f"The fonts of the document are not as they were made, or were made from another font than "
                f"ITA_DOCUMENT_FONT names ({', '.join(faults)}).",
                hint="Run manage.py build_fonts.",
                id="reports.E005",
            )
        ]
    try:
        engine.engine()
    except OSError as error:
        return [
            Error(
                f"A library of the system that draws the PDF is missing ({str(error).splitlines()[0]}).",
                hint="Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0.",
                id="reports.E002",
            )
        ]
    if not engine.can_subset():
        return [
            Error(
                "The library libharfbuzz-subset is missing: the PDF's fonts cannot be cut to size.",
                hint="Install libharfbuzz-subset0 (version 4.1 or newer).",
                id="reports.E003",
            )
        ]
    used = engine.used_font()
    if used != FAMILY:
        return [
            Error(
                f"Pango does not find the document's font {FAMILY!r} and would print in {used or 'none'}.",
                hint="Run manage.py build_fonts, and see that fontconfig 2.13.1 or newer is installed.",
                id="reports.E004",
            )
        ]
    return []


def seals_can_be_made(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Each certificate that is there can seal today, and nobody else can read it.

    Warnings: people go on signing, and what they sign is sealed once this is mended.
    """
    from reports.seal import certificates  # noqa: PLC0415 -- a fifth of Django's start, for those who check only

    found: list[CheckMessage] = []
    for slug in certificates.slugs():
        try:
            certificates.certificate_of(slug, slug, at=timezone.now())
        except certificates.Unfit as unfit:
            found.append(Warning(unfit.operator, hint="See docs/sealing.md.", id="reports.W001"))
    found += [
        Warning(
            f"{path} may be read by others than its owner.", hint=f"Run chmod 600 {path}", id="reports.W002"
        )
        for path in certificates.open_to_others()
    ]
    return found

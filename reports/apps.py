"""Composing, freezing, signing, publishing; the document; the public pages."""

from django.apps import AppConfig
from django.core.checks import register


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "รายงานและการลงนาม"

    def ready(self) -> None:
        from reports import checks  # noqa: PLC0415 -- not before the apps are ready

        register(checks.document_can_be_printed, "fonts")
        register(checks.seals_can_be_made, "seals")

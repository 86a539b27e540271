"""Wiring only."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "ita_portal"

    def ready(self) -> None:
        from ita_portal import accounts  # noqa: F401, PLC0415 -- receivers need the models loaded, 2026-11

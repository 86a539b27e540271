"""Wiring only."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "ita_portal"

    def ready(self) -> None:
        from ita_portal import account_trail, leaving  # noqa: F401, PLC0415 -- they need the models loaded, 2026-11

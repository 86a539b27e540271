"""The trail of acts."""

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "บันทึกการกระทำ"

    def ready(self) -> None:
        """Set the guards after each migration, and look for them at every start."""
        from audit.checks import guards_are_set  # noqa: PLC0415 -- it needs the models, 2026-11

        post_migrate.connect(_set_guards, sender=self)
        checks.register(checks.Tags.database)(guards_are_set)


def _set_guards(using: str, plan: Any = None, **kwargs: Any) -> None:
    from audit.guards import set_guards  # noqa: PLC0415 -- it needs the database, 2026-11

    set_guards(using)

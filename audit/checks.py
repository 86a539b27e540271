"""You come here for what is looked at before the portal starts: that nobody took the guards off the trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from audit import guards
from audit.models import Event


def guards_are_set(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """One error for the guards that are missing; nothing before the table is there."""
    found: list[CheckMessage] = []
    for name in databases or ():
        if Event._meta.db_table not in connections[name].introspection.table_names():
            continue
        if lacking := guards.missing(name):
            found.append(
                Error(
                    f"The trail can be changed: the triggers {', '.join(lacking)} are missing.",
                    hint="Run manage.py migrate, then manage.py verify_audit.",
                    id="audit.E001",
                )
            )
    return found

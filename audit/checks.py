"""You come here for what is looked at before the portal starts: that nobody took the guards off the trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from audit import guards

GUARDED_SINCE: Final = ("audit", "0006_guards_of_anchors")
"""The migration after which a database has the guards of today."""


def guards_are_set(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """One error for the guards that are missing; nothing before the first migration."""
    found: list[CheckMessage] = []
    for name in databases or ():
        if GUARDED_SINCE not in MigrationRecorder(connections[name]).applied_migrations():
            continue
        if lacking := guards.missing(name):
            found.append(
                Error(
                    f"The trail can be changed: the triggers {', '.join(lacking)} are missing or were replaced.",
                    hint="Ask who took them off, run manage.py verify_audit, and set them again with"
                    " manage.py migrate --skip-checks (on PostgreSQL as the owner of the tables).",
                    id="audit.E001",
                )
            )
    return found

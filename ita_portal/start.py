"""What is looked at before a server answers its first request."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from audit.checks import guards_are_set


def refuse_open_trail() -> None:
    """Raise ``ImproperlyConfigured`` where somebody took the guards off the trail.

    A database that does not answer stops nothing: it may come back, and until then each page says so.
    """
    try:
        found = guards_are_set(databases=["default"])
    except DatabaseError:
        return
    if found:
        raise ImproperlyConfigured(" ".join(f"{error.msg} {error.hint}" for error in found))

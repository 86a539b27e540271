"""Write to the trail, in the same transaction as the act itself."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from audit.models import Event


class Actor(Protocol):
    """Who acts; the portal's ``Person`` is one."""

    pk: int

    def __str__(self) -> str: ...


class Thing(Protocol):
    """What is acted on: anything with a primary key."""

    pk: int


def record(
    act: str,
    *,
    agency_id: int | None,
    by: Actor | None,
    at: datetime,
    about: Thing | None = None,
    **details: str | int | bool | None | list[str],
) -> Event:
    """Write one event: ``act`` is a dotted word ("result.submitted"), ``by`` is None for the portal itself."""
    return Event.objects.create(
        agency_id=agency_id,
        at=at,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        act=act,
        target=type(about).__name__.lower() if about else "",
        target_id=about.pk if about else None,
        details=details,
    )

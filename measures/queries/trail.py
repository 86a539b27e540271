"""A page of the trail: what was asked for, in the order in which it was written, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q

from audit.models import Event
from measures.acts import GROUPS, THINGS, sentence
from measures.fiscal import BANGKOK

PAGE: Final = 50


@dataclass(frozen=True)
class Asked:
    """What a reader of the trail looks for; days are Bangkok's, ``before`` is the number of the last event shown."""

    since: date | None = None
    until: date | None = None
    actor: int | None = None
    group: str = ""
    about: tuple[tuple[str, int], ...] = ()
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """An event as it is read."""

    event: Event
    who: str
    what: str
    about: str

    @property
    def about_query(self) -> str:
        """What asks for everything that was done to the same thing."""
        return f"{self.event.target}-{self.event.target_id}"


def lines_of(chain: int, asked: Asked) -> list[Line]:
    """At most one more than a page holds, so that the caller knows whether there are more. One statement."""
    found = Event.objects.filter(chain=chain).filter(_when(asked), _what(asked))
    if asked.actor is not None:
        found = found.filter(actor_id=asked.actor)
    if asked.before is not None:
        found = found.filter(seq__lt=asked.before)
    return [_line(event) for event in found.order_by("-seq")[: PAGE + 1]]


def _line(event: Event) -> Line:
    known = event.target in THINGS and event.target_id is not None
    return Line(
        event,
        event.actor_name or "ระบบ",
        sentence(event.act, event.details),
        f"{THINGS[event.target]} #{event.target_id}" if known else "",
    )


def _when(asked: Asked) -> Q:
    found = Q()
    if asked.since:
        found &= Q(at__gte=datetime.combine(asked.since, time(), BANGKOK))
    if asked.until:
        found &= Q(at__lt=datetime.combine(asked.until + timedelta(days=1), time(), BANGKOK))
    return found


def _what(asked: Asked) -> Q:
    found = Q()
    if asked.group:
        for beginning in GROUPS[asked.group][1]:
            found |= Q(act__startswith=beginning)
    return found & _about(asked.about)


# What hangs below a measure belongs to its history; its events name the measure among their details.
_BELOW: Final = ("quarterlyresult", "outcome")


def _about(things: tuple[tuple[str, int], ...]) -> Q:
    """Everything about any of these things."""
    found = Q()
    for target, pk in things:
        found |= Q(target=target, target_id=pk)
        if target == "measure":
            for end in (",", "}"):
                found |= Q(target__in=_BELOW, details_json__contains=f'"measure":{pk}{end}')
    return found


def people_of(chain: int) -> list[tuple[int, str]]:
    """Who has acted in a chain, by the name last used."""
    acted = Event.objects.filter(chain=chain, actor_id__isnull=False).order_by("actor_id", "actor_name")
    named = {
        pk: name for pk, name in acted.values_list("actor_id", "actor_name").distinct() if pk is not None
    }
    return sorted(named.items(), key=lambda each: each[1])

"""Write to the trail, in the same transaction as the act itself."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from audit import chain
from audit.models import Anchor, Event, Head


class Actor(Protocol):
    """Who acts; the portal's ``Person`` is one."""

    pk: int

    def __str__(self) -> str: ...


class Thing(Protocol):
    """What is acted on: anything with a primary key."""

    pk: int


@transaction.atomic
def record(
    act: str,
    *,
    agency_id: int | None,
    by: Actor | None,
    at: datetime,
    about: Thing | None = None,
    **details: str | int | bool | None | list[str],
) -> Event:
    """Write one event at the end of the agency's chain (of the portal's, where ``agency_id`` is None).

    ``act`` is a dotted word ("result.submitted"), ``by`` is None for the portal itself.
    """
    head = hold(agency_id)
    event = Event(
        chain=head.chain,
        seq=head.seq + 1,
        previous=head.hash,
        at=at,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        act=act,
        target=type(about).__name__.lower() if about else "",
        target_id=about.pk if about else None,
        details_json=chain.canonical(details),
    )
    event.hash = chain.sha256(line_of(event))
    event.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(seq=event.seq, hash=event.hash)
    return event


def hold(agency_id: int | None) -> Head:
    """Lock the end of a chain until the transaction is over.

    What will record after it has locked rows of its own calls this first: of two that waited for each other's rows,
    one would be given up.
    """
    number = chain.PORTAL if agency_id is None else agency_id
    head = Head.objects.select_for_update().filter(pk=number).first()
    if head is None:
        Head.objects.bulk_create([Head(chain=number, hash=chain.GENESIS)], ignore_conflicts=True)
        head = Head.objects.select_for_update().get(pk=number)
    return head


@transaction.atomic
def anchor(*, at: datetime) -> list[Anchor]:
    """Note where every chain stands, once a day each; the anchors that are new, the portal's first.

    The portal's chain tells those of the agencies and its own of before, and its own anchor comes after that: whoever
    keeps it has them all, and no anchor can be taken away or changed alone.
    """
    hold(None)  # one after the other: the second finds what the first noted
    day = timezone.localdate(at)
    noted = set(Anchor.objects.filter(day=day).values_list("chain", flat=True))
    heads = Head.objects.filter(seq__gt=0).exclude(pk__in={*noted, chain.PORTAL}).order_by("chain")
    new = [Anchor(chain=h.chain, day=day, seq=h.seq, hash=h.hash, noted_at=at) for h in heads]
    if not new and chain.PORTAL in noted:
        return []
    before = Anchor.objects.filter(chain=chain.PORTAL).order_by("-pk")[:1]
    event = record(
        chain.ANCHORED, agency_id=None, by=None, at=at, heads=[str(each.known) for each in (*before, *new)]
    )
    if chain.PORTAL not in noted:
        new.insert(0, Anchor(chain=chain.PORTAL, day=day, seq=event.seq, hash=event.hash, noted_at=at))
    return Anchor.objects.bulk_create(new)


def line_of(event: Event) -> str:
    """The line of an event that is hashed."""
    return chain.line(
        event.chain, event.seq, event.previous, chain.moment(event.at), event.actor_id, event.actor_name,
        event.act, event.target, event.target_id, event.details_json,
    )  # fmt: skip

"""Who is away and who acts for them then, in a fixed number of SQL statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from measures.choices import Acting
from measures.models import Absence, Agency, Appointment, Position


@dataclass(frozen=True)
class Left:
    """A position whose holder is away, and the orders by which others act for it during those days."""

    position: Position
    orders: tuple[Appointment, ...]


@dataclass(frozen=True)
class Away:
    """Somebody's notice, and what it means for each position they hold."""

    absence: Absence
    left: tuple[Left, ...]


def absences_between(people: Iterable[int], first: date, last: date) -> list[Absence]:
    """Notices of these people (by id) that stand and touch the days from ``first`` to ``last``; one statement."""
    found = Absence.objects.filter(
        person__in=set(people), taken_back_at__isnull=True, starts__lte=last, ends__gte=first
    )
    return list(found.select_related("person").order_by("starts", "pk"))


def away(agency: Agency, today: date) -> list[Away]:
    """Every notice of an agency's people that is not over, the earliest first; three statements."""
    absences = list(
        Absence.objects.filter(person__agency=agency, taken_back_at__isnull=True, ends__gte=today)
        .select_related("person")
        .order_by("starts", "pk")
    )
    held = list(
        Appointment.objects.on(today)
        .filter(kind=Acting.HOLDER, person__in={absence.person_id for absence in absences})
        .select_related("position")
        .order_by("position_id")
    )
    orders = list(
        Appointment.objects.filter(position__in={a.position_id for a in held}, ends__gte=today)
        .exclude(kind=Acting.HOLDER)
        .select_related("person")
        .order_by("starts", "pk")
    )
    return [
        Away(
            absence,
            tuple(
                Left(
                    holds.position,
                    tuple(
                        order
                        for order in orders
                        if order.position_id == holds.position_id
                        and order.starts <= absence.ends
                        and (order.ends is None or order.ends >= absence.starts)
                    ),
                )
                for holds in held
                if holds.person_id == absence.person_id
            ),
        )
        for absence in absences
    ]

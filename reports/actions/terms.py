"""What may leave a position of a pending chain to nobody: the end of a term, an order or a career; who is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from django.db import transaction
from django.db.models import Max

from measures.choices import Acting
from measures.dates import long_date
from measures.fiscal import bangkok_date
from measures.models import Agency, Appointment, Position
from measures.queries.absences import absences_between
from reports.actions.telling import tell_ending
from reports.choices import Stage
from reports.models import Revision, SignOff

AHEAD: Final = timedelta(days=7)
"""How long before it happens the officer is warned."""

_LAST_ROUNDS: Final = 5


@dataclass(frozen=True)
class Hazard:
    """Something that may hold a chain up at a position, in words; the days for which an order would help."""

    kind: Literal["vacant", "ending", "away"]
    order: int
    position: Position
    sentence: str
    starts: date
    ends: date | None = None


def pending(revision: Revision) -> list[SignOff]:
    """The places of a revision that have still to decide; none once it is out of the chain."""
    if revision.stage != Stage.SIGNING:
        return []
    return [s for s in revision.signoffs.all() if s.order and not s.decision]


def waiting_places(revision: Revision) -> list[tuple[int, Position]]:
    """Order and position of those; one statement."""
    waiting = pending(revision)
    known = Position.objects.in_bulk({place.position_id for place in waiting})
    return [(place.order, known[place.position_id]) for place in waiting]


def hazards(places: Iterable[tuple[int, Position]], first: date, last: date) -> list[Hazard]:
    """What may hold these places (order and position) up between two days, in their order; two statements."""
    places = list(places)
    appointments = list(
        Appointment.objects.filter(
            position__in={position.pk for _, position in places}, person__is_active=True
        )
        .exclude(ends__lt=first)
        .select_related("person")
        .order_by("pk")
    )
    filling: dict[int, list[Appointment]] = {}
    for appointment in sorted(appointments, key=lambda a: a.precedence):
        if appointment.covers(first):
            filling.setdefault(appointment.position_id, []).append(appointment)
    absences = absences_between({a.person_id for found in filling.values() for a in found}, first, last)
    found = []
    for order, position in places:
        now = filling.get(position.pk, [])
        if not now:
            found.append(Hazard("vacant", order, position, _vacant(position), first))
            continue
        later = [a for a in appointments if a.position_id == position.pk]
        if ending := _ending(order, position, now[0], later, last):
            found.append(ending)
        for absence in absences:
            if absence.person_id == now[0].person_id:
                days = long_date(absence.starts)
                if absence.ends != absence.starts:
                    days += f" ถึงวันที่ {long_date(absence.ends)}"
                said = f"{absence.person} แจ้งไม่อยู่วันที่ {days}"
                if len(now) > 1:
                    said += f" มี{now[1].person} {now[1].get_kind_display()}แล้ว"
                found.append(Hazard("away", order, position, said, absence.starts, absence.ends))
    return found


def usual_days(agency: Agency) -> int:
    """How many days the agency's last chains took from sending to the last signature, at least seven; one statement."""
    done = (
        Revision.objects.for_agency(agency)
        .filter(stage=Stage.SIGNED, report__is_rehearsal=False)
        .annotate(last=Max("signoffs__decided_at"))
        .order_by("-pk")
        .values_list("sent_at", "last")[:_LAST_ROUNDS]
    )
    took = sorted((last - sent).days + 1 for sent, last in done if last)
    return max(AHEAD.days, took[len(took) // 2]) if took else AHEAD.days


def warn_of_terms(at: datetime) -> int:
    """Tell the officers, once each, of every end that will meet a pending chain within a week; how many letters."""
    today, told = bangkok_date(at), 0
    waiting = Revision.objects.filter(stage=Stage.SIGNING, report__is_rehearsal=False)
    for revision in waiting.select_related("report__plan__agency").prefetch_related("signoffs"):
        for hazard in hazards(waiting_places(revision), today, today + AHEAD):
            if hazard.kind == "ending":
                told += _tell(revision, hazard, at)
    return told


@transaction.atomic
def _tell(revision: Revision, hazard: Hazard, at: datetime) -> int:
    about, after = hazard.sentence, hazard.starts
    return tell_ending(
        revision, order=hazard.order, position=hazard.position, sentence=about, after=after, at=at
    )


def _vacant(position: Position) -> str:
    return f"ตำแหน่ง{position}ว่าง ไม่มีผู้ดำรงตำแหน่งหรือผู้รักษาราชการแทน กรุณาบันทึกคำสั่งรักษาราชการแทน"


def _ending(
    order: int, position: Position, now: Appointment, all_of_it: list[Appointment], last: date
) -> Hazard | None:
    """That who fills a position stops doing so by ``last`` and nobody is appointed for the day after."""
    ends = now.last_day
    if ends is None or ends > last:
        return None
    after = ends + timedelta(days=1)
    if any(appointment.covers(after) for appointment in all_of_it):
        return None
    if ends == now.person.retires_on:
        what = f"{now.person} เกษียณอายุราชการ สิ้นวันที่ {long_date(ends)}"
    elif now.kind == Acting.HOLDER:
        what = f"วาระของ{now.person} สิ้นสุดวันที่ {long_date(ends)}"
    else:
        what = f"คำสั่งให้{now.person} {now.get_kind_display()} สิ้นสุดวันที่ {long_date(ends)}"
    then = f"หลังจากนั้นตำแหน่ง{position}จะว่าง กรุณาเตรียมคำสั่งแต่งตั้งหากยังไม่ได้ลงนาม"
    return Hazard("ending", order, position, f"{what} {then}", after)

"""Found an agency and set it up: its particulars, emblem, units, positions and chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import ProtectedError, Q

from audit.actions import record
from measures.choices import Acting, Role
from measures.dates import long_date
from measures.errors import Changed, Refused
from measures.models import Agency, Appointment, ChainLink, Person, Position, RoleGrant, Unit

CHAIN_CHANGED = "มีผู้แก้ไขลำดับการลงนามนี้หลังจากที่ท่านเปิดหน้านี้ ระบบจึงยังไม่ได้บันทึกของท่าน กรุณาเทียบกับลำดับปัจจุบัน"


@transaction.atomic
def found_agency(*, agency: Agency, administers: bool, by: Person, at: datetime) -> Agency:
    """Save a new agency; with ``administers`` its founder joins it as administrator."""
    agency.save(force_insert=True)
    record("agency.founded", agency_id=agency.pk, by=by, at=at, about=agency, name=agency.name)
    if administers and by.agency_id is None:
        by.agency = agency
        by.save(update_fields=["agency"])
        RoleGrant.objects.create(person=by, role=Role.ADMINISTRATOR)
        record(
            "person.role_granted",
            agency_id=agency.pk,
            by=by,
            at=at,
            about=by,
            roles=[Role.ADMINISTRATOR.label],
        )
    return agency


@transaction.atomic
def save_agency(*, agency: Agency, changed: Sequence[str], by: Person, at: datetime) -> Agency:
    """Save the agency's particulars; ``changed`` names the fields for the trail."""
    agency.save()
    record("agency.changed", agency_id=agency.pk, by=by, at=at, about=agency, fields=list(changed))
    return agency


@transaction.atomic
def set_second_factor_roles(*, agency: Agency, roles: Sequence[str], by: Person, at: datetime) -> None:
    """Say which roles must have a second factor; who lacks one is asked for it at their next request."""
    agency.second_factor_roles = list(roles)
    agency.save(update_fields=["second_factor_roles"])
    record("agency.second_factor_changed", agency_id=agency.pk, by=by, at=at, about=agency, roles=list(roles))


@transaction.atomic
def set_emblem(*, agency: Agency, sha256: str, by: Person, at: datetime) -> None:
    """Replace the agency's emblem by a kept PNG; what was frozen keeps the one it was frozen with."""
    agency.emblem_sha256 = sha256
    agency.save(update_fields=["emblem_sha256"])
    record("agency.emblem_changed", agency_id=agency.pk, by=by, at=at, about=agency, sha256=sha256)


@transaction.atomic
def save_unit(*, unit: Unit, by: Person, at: datetime) -> Unit:
    """Save a new or renamed unit. Raises ``Refused`` where it would stand below itself."""
    above, seen = unit.parent, {unit.pk}
    while above is not None:
        if above.pk in seen and above.pk is not None:
            raise Refused(f"{unit.name} อยู่ใต้ตนเองไม่ได้ กรุณาเลือกส่วนราชการต้นสังกัดอื่น")
        seen.add(above.pk)
        above = above.parent
    act = "unit.changed" if unit.pk else "unit.added"
    unit.save()
    record(act, agency_id=unit.agency_id, by=by, at=at, about=unit, name=unit.name)
    return unit


@transaction.atomic
def delete_unit(*, unit: Unit, by: Person, at: datetime) -> None:
    """Remove a unit that nothing refers to. Raises ``Refused`` where a measure, a person or a section does."""
    Unit.objects.select_for_update().get(pk=unit.pk)  # raises where another was first
    record("unit.deleted", agency_id=unit.agency_id, by=by, at=at, about=unit, name=unit.name)
    try:
        with transaction.atomic():
            unit.delete()
    except ProtectedError as error:
        raise Refused(f"ลบ “{unit.name}” ไม่ได้ เพราะมีมาตรการ บุคคล หรืองานที่อยู่ในสังกัด กรุณาย้ายออกก่อน") from error


@transaction.atomic
def save_position(*, position: Position, by: Person, at: datetime) -> Position:
    """Save a new or renamed position; what was printed keeps the old title."""
    act = "position.changed" if position.pk else "position.added"
    position.save()
    record(act, agency_id=position.agency_id, by=by, at=at, about=position, title=position.title)
    return position


@transaction.atomic
def appoint(*, appointment: Appointment, by: Person, at: datetime) -> Appointment:
    """Put a person into a position from a day on, as holder or by an order to act for it.

    A new holder ends a term of the one before that has no end yet. Raises ``Refused`` where two would hold the position
    on the same day; orders to act may overlap.
    """
    position = Position.objects.select_for_update().get(pk=appointment.position_id)
    if appointment.kind == Acting.HOLDER:
        _make_room(position, appointment)
    appointment.save()
    record(
        "position.appointed",
        agency_id=position.agency_id,
        by=by,
        at=at,
        about=position,
        person=str(appointment.person),
        kind=appointment.get_kind_display(),
        starts=appointment.starts.isoformat(),
        ends=appointment.ends.isoformat() if appointment.ends else None,
        order=f"{appointment.order_issuer} {appointment.order_number}".strip(),
    )
    return appointment


def _make_room(position: Position, new: Appointment) -> None:
    """End the open term that began before ``new`` does; no other may overlap it."""
    terms = position.appointments.filter(kind=Acting.HOLDER).select_related("person")
    before = terms.filter(ends__isnull=True, starts__lt=new.starts)
    overlapping = terms.exclude(ends__isnull=True, starts__lt=new.starts).filter(
        Q(ends__isnull=True) | Q(ends__gte=new.starts)
    )
    if new.ends:
        overlapping = overlapping.filter(starts__lte=new.ends)
    if other := overlapping.first():
        until = f"ถึงวันที่ {long_date(other.ends)}" if other.ends else "โดยไม่กำหนดวันสิ้นสุด"
        raise Refused(
            f"{other.person} ดำรงตำแหน่งนี้ตั้งแต่วันที่ {long_date(other.starts)} {until} ซึ่งซ้อนกับวันที่ที่กรอก "
            "กรุณาแก้ไขวันที่ หรือบันทึกการพ้นตำแหน่งของผู้ดำรงตำแหน่งเดิมก่อน"
        )
    before.update(ends=new.starts - timedelta(days=1))


@transaction.atomic
def end_appointment(*, appointment: Appointment, ends: date, by: Person, at: datetime) -> None:
    """End a term on a day. Raises ``Refused`` where the day lies before its beginning or after its end."""
    if ends < appointment.starts:
        raise Refused("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น กรุณาแก้ไขวันที่")
    still = Appointment.objects.filter(Q(ends=None) | Q(ends__gt=ends), pk=appointment.pk)
    if still.update(ends=ends) != 1:
        raise Refused(f"{appointment.person} พ้นจากตำแหน่งนี้อยู่แล้ว กรุณาเปิดหน้านี้ใหม่")
    record(
        "position.term_ended",
        agency_id=appointment.position.agency_id,
        by=by,
        at=at,
        about=appointment.position,
        person=str(appointment.person),
        ends=ends.isoformat(),
    )


@dataclass(frozen=True)
class Link:
    """A place in the chain as entered: the position, whom it addresses, what it usually writes."""

    position: Position
    addressed_to: str
    words: str


def chain_mark(agency: Agency, kind: str) -> str:
    """Stands for a chain as it is: another as soon as anything in it is."""
    links = agency.chain.filter(kind=kind).order_by("order")
    standing = list(links.values_list("order", "position_id", "addressed_to", "words"))
    return hashlib.sha256(json.dumps(standing).encode()).hexdigest()[:16]


@transaction.atomic
def set_chain(
    *,
    agency: Agency,
    kind: str = "",
    links: Sequence[Link],
    seen: str | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Replace the agency's usual chain, or that of one ``kind`` of report; the first link is the author's.

    Without ``links`` a kind has no chain of its own any more and takes the usual one. Reports already begun keep
    theirs. Raises ``Changed`` where the chain is no longer the one that was ``seen``, by its :func:`chain_mark`.
    """
    Agency.objects.select_for_update().get(pk=agency.pk)
    if seen is not None and seen != chain_mark(agency, kind):
        raise Changed(CHAIN_CHANGED)
    agency.chain.filter(kind=kind).delete()
    ChainLink.objects.bulk_create(
        ChainLink(
            agency=agency,
            kind=kind,
            order=order,
            position=link.position,
            addressed_to=link.addressed_to,
            words=link.words,
        )
        for order, link in enumerate(links)
    )
    titles = [link.position.title for link in links]
    record("chain.changed", agency_id=agency.pk, by=by, at=at, about=agency, kind=kind, positions=titles)

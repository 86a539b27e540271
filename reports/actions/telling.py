"""Tell people what happened to a report that concerns them: letters into the outbox, in the act's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from measures.actions.letters import Words, post
from measures.choices import LetterKind, Role
from measures.fiscal import bangkok_date
from measures.models import Person
from reports.models import Revision, SignOff
from reports.queries import appointments_on


def tell_turn(revision: Revision, *, at: datetime) -> None:
    """Tell whoever fills the position whose turn it is that the document waits for them."""
    place = revision.signoffs.get(order=revision.turn)
    subject = revision.report.subject
    words = Words(
        f"ขอให้ลงนาม: {subject}",
        f"เรื่อง {subject} ฉบับที่ {revision.number} รอท่านลงนามในตำแหน่ง{place.position_title}",
        (f"รอลงนาม: {place.position_title}", subject),
        _path(revision),
    )
    _post(LetterKind.TURN, revision, f"turn:{place.order}", _filling(place, at), words, at)


def tell_returned(revision: Revision, place: SignOff, *, at: datetime) -> None:
    """Tell the author and everyone who had signed that the document was returned, and why."""
    subject = revision.report.subject
    words = Words(
        f"ส่งกลับแก้ไข: {subject}",
        f"{place.position_title}ส่งเรื่อง {subject} ฉบับที่ {revision.number} กลับแก้ไข\nเหตุผล: {place.words}",
        (f"ส่งกลับแก้ไขโดย{place.position_title}", subject),
        _path(revision),
    )
    people = [
        s.person for s in revision.signoffs.select_related("person") if s.order < place.order and s.person
    ]
    _post(LetterKind.RETURNED, revision, "returned", people, words, at)


def tell_recalled(revision: Revision, *, at: datetime) -> None:
    """Tell whoever was asked to sign that the author took the document back."""
    subject = revision.report.subject
    words = Words(
        f"ดึงเรื่องกลับ: {subject}",
        f"ผู้จัดทำดึงเรื่อง {subject} ฉบับที่ {revision.number} กลับแล้ว ท่านไม่ต้องลงนามในฉบับนี้",
        ("ดึงเรื่องกลับ ไม่ต้องลงนามฉบับนี้", subject),
        _path(revision),
    )
    place = revision.signoffs.get(order=revision.turn)
    _post(LetterKind.RECALLED, revision, "recalled", _filling(place, at), words, at)


def tell_signed(revision: Revision, *, at: datetime) -> None:
    """Tell everyone who signed, the author first, that the document is complete."""
    subject = revision.report.subject
    words = Words(
        f"ลงนามครบแล้ว: {subject}",
        f"เรื่อง {subject} ฉบับที่ {revision.number} ลงนามครบทุกตำแหน่งแล้ว",
        ("ลงนามครบทุกตำแหน่งแล้ว", subject),
        _path(revision),
    )
    people = [s.person for s in revision.signoffs.select_related("person") if s.decision and s.person]
    _post(LetterKind.SIGNED, revision, "signed", people, words, at)


def officers_of(revision: Revision) -> list[Person]:
    """The legal officers of the report's agency."""
    agency = revision.report.plan.agency
    return list(
        Person.objects.for_agency(agency).filter(is_active=True, grants__role=Role.OFFICER).distinct()
    )


def _filling(place: SignOff, at: datetime) -> list[Person]:
    filling = appointments_on(bangkok_date(at), [place.position_id]).get(place.position_id, ())
    return list({a.person_id: a.person for a in filling if a.person.is_active}.values())


def _path(revision: Revision) -> str:
    return reverse("revision", args=[revision.pk])


def _post(
    kind: LetterKind, revision: Revision, event: str, people: Iterable[Person], words: Words, at: datetime
) -> None:
    agency = revision.report.plan.agency
    for person in {p.pk: p for p in people}.values():
        post(kind=kind, key=f"revision:{revision.pk}:{event}", to=person, words=words, agency=agency, at=at)

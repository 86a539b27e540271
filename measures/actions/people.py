"""Invite people, say what they may do, close and reopen their accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from audit.actions import record
from measures.choices import Role
from measures.errors import Refused
from measures.models import Agency, Person, RoleGrant


@transaction.atomic
def invite_person(
    *,
    agency: Agency,
    username: str,
    full_name: str,
    email: str,
    grants: Sequence[RoleGrant],
    by: Person,
    at: datetime,
) -> Person:
    """Make a person who cannot sign in until they have set a password by the link of their invitation."""
    person = Person.objects.create_user(username, full_name=full_name, email=email, agency=agency)
    record("person.invited", agency_id=agency.pk, by=by, at=at, about=person, name=full_name)
    _grant(person, grants, by=by, at=at)
    return person


@transaction.atomic
def change_person(*, person: Person, grants: Sequence[RoleGrant], by: Person, at: datetime) -> Person:
    """Save a person's name and e-mail and replace their roles; both take effect at once.

    Raises ``Refused`` where the agency would be left without an administrator.
    """
    person.save(update_fields=["full_name", "email"])
    record("person.changed", agency_id=person.agency_id, by=by, at=at, about=person, name=person.full_name)
    with _keeping_an_administrator(person):
        person.grants.all().delete()
        _grant(person, grants, by=by, at=at)
    return person


@transaction.atomic
def close_person(*, person: Person, by: Person, at: datetime) -> None:
    """Close an account: the person is signed out everywhere and stays in every record.

    Raises ``Refused`` where the agency would be left without an administrator.
    """
    with _keeping_an_administrator(person):
        Person.objects.filter(pk=person.pk).update(is_active=False)
    record("person.closed", agency_id=person.agency_id, by=by, at=at, about=person, name=person.full_name)


@transaction.atomic
def reopen_person(*, person: Person, by: Person, at: datetime) -> None:
    """Open a closed account again, with the roles it had."""
    Person.objects.filter(pk=person.pk).update(is_active=True)
    record("person.reopened", agency_id=person.agency_id, by=by, at=at, about=person, name=person.full_name)


def _grant(person: Person, grants: Sequence[RoleGrant], *, by: Person, at: datetime) -> None:
    for grant in grants:
        grant.person = person
    RoleGrant.objects.bulk_create(grants)
    roles = [str(grant) for grant in grants]
    record("person.role_granted", agency_id=person.agency_id, by=by, at=at, about=person, roles=roles)


@contextmanager
def _keeping_an_administrator(person: Person) -> Iterator[None]:
    # The agency is locked, so that two administrators cannot remove each other at the same moment.
    assert person.agency_id is not None
    Agency.objects.select_for_update().get(pk=person.agency_id)
    administrators = Person.objects.filter(
        agency=person.agency_id, is_active=True, grants__role=Role.ADMINISTRATOR
    )
    had = administrators.exists()
    yield
    if had and not administrators.exists():
        raise Refused("หน่วยงานต้องมีผู้ดูแลระบบที่ใช้งานได้อย่างน้อย 1 คน กรุณาตั้งผู้ดูแลระบบคนใหม่ก่อน")

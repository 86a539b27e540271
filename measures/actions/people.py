"""Invite people, say what they may do, close and reopen their accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from audit.actions import record
from measures.actions.letters import Words, post
from measures.choices import LetterKind, Role
from measures.errors import Refused
from measures.fiscal import bangkok_date
from measures.models import Agency, Person, RoleGrant

PathOf = Callable[[Person], str]
"""Gives the address, below ``PUBLIC_URL``, at which a person sets a password."""


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
    retires_in: int | None = None,
    path_of: PathOf | None = None,
) -> Person:
    """Make a person who cannot sign in until they have set a password by the link of their invitation.

    ``path_of`` gives the address of that link; a letter with it waits in the outbox where both it and an e-mail are
    given.
    """
    person = Person.objects.create_user(
        username, full_name=full_name, email=email, agency=agency, retires_in=retires_in
    )
    record("person.invited", agency_id=agency.pk, by=by, at=at, about=person, name=full_name)
    _grant(person, grants, by=by, at=at)
    if path_of is not None:
        _post_invitation(person, path_of=path_of, at=at)
    return person


@transaction.atomic
def invite_again(*, person: Person, path_of: PathOf, by: Person, at: datetime) -> None:
    """Send the invitation of a person once more, with a link that is good for three days from now.

    Raises ``Refused`` where there is nothing to send or nowhere to send it to.
    """
    if person.has_usable_password():
        raise Refused(f"{person} ตั้งรหัสผ่านแล้ว หากลืม ให้ใช้ “ลืมรหัสผ่าน” ในหน้าเข้าสู่ระบบ")
    if not person.email:
        raise Refused(f"{person} ยังไม่มีอีเมล กรุณาเพิ่มอีเมลก่อน หรือส่งลิงก์ด้านบนให้โดยตรง")
    record("person.invited", agency_id=person.agency_id, by=by, at=at, about=person, name=person.full_name)
    _post_invitation(person, path_of=path_of, at=at)


def _post_invitation(person: Person, *, path_of: PathOf, at: datetime) -> None:
    if not person.email:
        return  # the administrator hands the link over
    what = f"ขอเชิญใช้งานพอร์ทัลมาตรการส่งเสริมคุณธรรมและความโปร่งใสของ{person.agency}"
    text = f"{what}\nชื่อผู้ใช้ของท่านคือ {person.username}"
    post(
        kind=LetterKind.INVITATION,
        key=f"invitation:{person.pk}:{at.timestamp()}",
        to=person,
        words=Words(
            "เชิญใช้งานพอร์ทัล ITA", text, (what, ""), path_of(person),
            ask="เปิดลิงก์นี้เพื่อตั้งรหัสผ่าน ใช้ได้ครั้งเดียวภายใน 3 วัน",
        ),
        agency=person.agency,
        at=at,
        is_secret=True,
    )  # fmt: skip


def ask_for_reset(*, person: Person | None, address: str, path_of: PathOf, at: datetime) -> None:
    """Put a letter with a link to a new password into the outbox; for an unknown address (None) into none.

    Both do the same work and commit one event, so that nobody can tell by the clock who has an account.
    """
    with transaction.atomic():
        record(
            "person.reset_asked",
            agency_id=person.agency_id if person else None,
            by=None,
            at=at,
            about=person,
            name=str(person) if person else "",
        )
        with transaction.atomic():
            _post_reset(person, address, path_of=path_of, at=at)
            transaction.set_rollback(person is None)


def _post_reset(person: Person | None, address: str, *, path_of: PathOf, at: datetime) -> None:
    # Somebody's stand-in, who is never saved, where the address is nobody's.
    to = person or Person(pk=0, username=address[:150], full_name=address, email=address)
    text = f"มีผู้ขอตั้งรหัสผ่านใหม่ของบัญชี {to.username} หากท่านไม่ได้ขอ ไม่ต้องดำเนินการใด ๆ รหัสผ่านเดิมยังใช้ได้"
    words = Words(
        "ตั้งรหัสผ่านสำหรับพอร์ทัล ITA", text, ("ตั้งรหัสผ่านใหม่", ""), path_of(to),
        ask="เปิดลิงก์นี้เพื่อตั้งรหัสผ่านใหม่ ใช้ได้ครั้งเดียวภายใน 3 วัน",
    )  # fmt: skip
    post(
        kind=LetterKind.ACCOUNT,
        key=f"reset:{at.timestamp()}",
        to=person,
        words=words,
        agency=person.agency if person else None,
        at=at,
        address=address,
        is_secret=True,
    )


@transaction.atomic
def change_person(*, person: Person, grants: Sequence[RoleGrant], by: Person, at: datetime) -> Person:
    """Save a person's name and e-mail and replace their roles; both take effect at once.

    Another e-mail is where a link to a new password goes, and so to the account: the old address is told.
    Raises ``Refused`` where the agency would be left without an administrator.
    """
    fields = ("full_name", "email", "retires_in")
    before = Person.objects.get(pk=person.pk)
    changed = [name for name in fields if getattr(before, name) != getattr(person, name)]
    person.save(update_fields=fields)
    record(
        "person.changed",
        agency_id=person.agency_id,
        by=by,
        at=at,
        about=person,
        name=person.full_name,
        changed=changed,
    )
    if "email" in changed and before.email:
        _tell_old_address(person, before.email, at=at)
    with _keeping_an_administrator(person, at):
        person.grants.all().delete()
        _grant(person, grants, by=by, at=at)
    return person


def _tell_old_address(person: Person, address: str, *, at: datetime) -> None:
    what = "ผู้ดูแลระบบเปลี่ยนอีเมลของบัญชีท่าน"
    text = f"{what} อีเมลนี้จึงใช้เข้าสู่ระบบและรับลิงก์ตั้งรหัสผ่านไม่ได้อีก\nหากท่านไม่ได้ขอ กรุณาแจ้งหน่วยงานทันที"
    post(
        kind=LetterKind.ACCOUNT,
        key=f"moved:{person.pk}:{at.timestamp()}",
        to=person,
        address=address,
        words=Words(what, text, (what, "")),
        agency=person.agency,
        at=at,
        is_secret=True,
    )


@transaction.atomic
def close_person(*, person: Person, by: Person, at: datetime) -> None:
    """Close an account: the person is signed out everywhere at once and stays in every record.

    Raises ``Refused`` where the agency would be left without an administrator.
    """
    with _keeping_an_administrator(person, at):
        Person.objects.filter(pk=person.pk).update(is_active=False)
    # A closed person is refused at every request; their sessions are ended too, or reopening would revive them.
    _end_sessions(person)
    record("person.closed", agency_id=person.agency_id, by=by, at=at, about=person, name=person.full_name)


@transaction.atomic
def reopen_person(*, person: Person, by: Person, at: datetime) -> None:
    """Open a closed account again, with the roles it had."""
    Person.objects.filter(pk=person.pk).update(is_active=True)
    record("person.reopened", agency_id=person.agency_id, by=by, at=at, about=person, name=person.full_name)


@transaction.atomic
def take_factors(*, person: Person, by: Person, at: datetime) -> None:
    """Take away every second factor of somebody who lost them, and sign them out everywhere.

    The administrator has made sure who asks. Raises ``Refused`` where there is none.
    """
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise Refused(f"{person} ไม่ได้ใช้การยืนยันตัวตนสองชั้น")
    _end_sessions(person)
    record("person.factors_taken", agency_id=person.agency_id, by=by, at=at, about=person, name=str(person))
    if person.email:
        what = "ผู้ดูแลระบบยกเลิกการยืนยันตัวตนสองชั้นของบัญชีท่าน"
        text = f"{what}\nหากท่านไม่ได้ขอ กรุณาแจ้งผู้ดูแลระบบของหน่วยงานทันที"
        post(
            kind=LetterKind.ACCOUNT,
            key=f"factors:{person.pk}:{at.timestamp()}",
            to=person,
            words=Words(what, text, (what, "")),
            agency=person.agency,
            at=at,
            is_secret=True,
        )


def _end_sessions(person: Person) -> None:
    mine = UserSession.objects.filter(user=person)
    Session.objects.filter(session_key__in=list(mine.values_list("session_key", flat=True))).delete()
    mine.delete()


def _grant(person: Person, grants: Sequence[RoleGrant], *, by: Person, at: datetime) -> None:
    for grant in grants:
        grant.person = person
    RoleGrant.objects.bulk_create(grants)
    roles = [str(grant) for grant in grants]
    record("person.role_granted", agency_id=person.agency_id, by=by, at=at, about=person, roles=roles)


@contextmanager
def _keeping_an_administrator(person: Person, at: datetime) -> Iterator[None]:
    # The agency is locked, so that two administrators cannot remove each other at the same moment.
    assert person.agency_id is not None
    Agency.objects.select_for_update().get(pk=person.agency_id)
    day = bangkok_date(at)
    administrators = Person.objects.get_queryset().in_role(Role.ADMINISTRATOR, on=day)
    administrators = administrators.filter(agency=person.agency_id)
    had = administrators.exists()
    yield
    if had and not administrators.exists():
        raise Refused("หน่วยงานต้องมีผู้ดูแลระบบที่ใช้งานได้อย่างน้อย 1 คน กรุณาตั้งผู้ดูแลระบบคนใหม่ก่อน")

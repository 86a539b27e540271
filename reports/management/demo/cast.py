"""You come here for who plays the demonstration: invented people, their roles, positions and sign-in names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.contrib.auth.hashers import make_password

from measures.actions.agencies import appoint
from measures.actions.people import invite_person
from measures.choices import Role
from measures.fiscal import fiscal_year_bounds, fiscal_year_of
from measures.models import Agency, Appointment, Person, Position, RoleGrant
from reports.importing.agency_rows import Units

PASSWORD: Final = "tuayang-2570"  # noqa: S105 -- printed for everybody to use, on invented data only
_SINCE: Final = date(2020, 1, 1)


@dataclass(frozen=True)
class Member:
    """Someone of the cast; ``units`` are those they report for."""

    username: str
    full_name: str
    duty: str
    position: str = ""
    role: Role | None = None
    units: tuple[str, ...] = ()


CAST: Final = (
    Member("nitikorn", "นางสาวตัวอย่าง หนึ่ง", "นิติกร จัดทำมาตรการและรายงาน", "นิติกรปฏิบัติการ", Role.OFFICER),
    Member("klang", "นางตัวอย่าง สอง", "ผู้รายงานของกองคลัง", role=Role.CONTRIBUTOR, units=("กองคลัง",)),
    Member(
        "prachasamphan",
        "นายตัวอย่าง สาม",
        "ผู้รายงานของงานประชาสัมพันธ์",
        role=Role.CONTRIBUTOR,
        units=("งานประชาสัมพันธ์ กองยุทธศาสตร์และงบประมาณ",),
    ),
    Member("hua", "นายตัวอย่าง สี่", "ลงนามลำดับที่ 1", "หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ"),
    Member("phoo-amnuai", "นางสาวตัวอย่าง ห้า", "ลงนามลำดับที่ 2", "ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ"),
    Member("rong", "นายตัวอย่าง หก", "ลงนามลำดับที่ 3", "รองปลัดเทศบาล"),
    Member("palat", "นางตัวอย่าง เจ็ด", "ลงนามลำดับที่ 4", "ปลัดเทศบาล"),
    Member("nayok", "นายตัวอย่าง แปด", "ลงนามลำดับที่ 5", "นายกเทศมนตรีตำบลตัวอย่าง"),
    Member("admin", "นายตัวอย่าง เก้า", "ผู้ดูแลระบบของเทศบาล", role=Role.ADMINISTRATOR),
    Member("truat", "นางสาวตัวอย่าง สิบ", "ผู้ตรวจสอบ อ่านได้อย่างเดียว", role=Role.AUDITOR),
)
PORTAL: Final = Member("portal", "นายตัวอย่าง สิบเอ็ด", "ผู้ดูแลพอร์ทัล สร้างหน่วยงานใหม่")


def people(agency: Agency, at: datetime, today: date) -> dict[str, Person]:
    """Let everybody in, with their roles and positions; by sign-in name. The auditor's time ends with the year."""
    portal = Person.objects.create_superuser(
        PORTAL.username, full_name=PORTAL.full_name, email=_email(PORTAL), agency=None
    )
    units = Units(agency)
    year_ends = fiscal_year_bounds(fiscal_year_of(today))[1]
    cast = {PORTAL.username: portal}
    for member in CAST:
        cast[member.username] = invite_person(
            agency=agency,
            username=member.username,
            full_name=member.full_name,
            email="",  # no invitation goes out: their password is printed
            retires_in=None,
            grants=_grants(member, units, year_ends),
            path_of=lambda _: "",
            by=portal,
            at=at,
        )
        Person.objects.filter(username=member.username).update(email=_email(member))
        cast[member.username].email = _email(member)
    # One hash for all: it takes a third of a second to make.
    Person.objects.update(password=make_password(PASSWORD))
    for member in CAST:
        if member.position:
            _appoint(cast[member.username], member.position, agency, cast["admin"], at)
    return cast


def sign_ins() -> str:
    """The table of sign-in names for whoever tries the portal."""
    width = max(len(member.username) for member in (*CAST, PORTAL))
    lines = [
        f"  {member.username:<{width}}  {member.position or member.duty}"
        + (f" ({member.duty})" if member.position else "")
        for member in (*CAST, PORTAL)
    ]
    return "\n".join([f"ชื่อผู้ใช้ของข้อมูลสาธิต รหัสผ่านทุกคน: {PASSWORD}", *lines])


def _email(member: Member) -> str:
    return f"{member.username}@tuayang.example"


def _grants(member: Member, units: Units, year_ends: date) -> list[RoleGrant]:
    if member.role is None:
        return []
    if member.role is Role.CONTRIBUTOR:
        return [RoleGrant(role=member.role, unit=units.named(name)) for name in member.units]
    return [RoleGrant(role=member.role, until=year_ends if member.role is Role.AUDITOR else None)]


def _appoint(person: Person, title: str, agency: Agency, by: Person, at: datetime) -> None:
    position = Position.objects.get(agency=agency, title=title)
    appoint(appointment=Appointment(position=position, person=person, starts=_SINCE), by=by, at=at)

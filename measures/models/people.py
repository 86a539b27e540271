"""People and what they may do: roles, positions, who holds a position or acts for it, and the agency's chain."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q

from measures.choices import Acting, ReportKind, Role
from measures.fiscal import fiscal_year_bounds, fiscal_year_of
from measures.models.agency import Agency, Unit


class PersonQuerySet(models.QuerySet["Person"]):
    def for_agency(self, agency: Agency) -> PersonQuerySet:
        """People of one agency."""
        return self.filter(agency=agency)

    def in_role(self, *roles: Role, on: date) -> PersonQuerySet:
        """Who can sign in and has one of these roles on a day, each once."""
        in_force = Q(grants__until__isnull=True) | Q(grants__until__gte=on)
        return self.filter(in_force, is_active=True, grants__role__in=roles).distinct()


class PersonManager(BaseUserManager["Person"]):
    """Makes people for ``createsuperuser``, the tests and the invitation."""

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def for_agency(self, agency: Agency) -> PersonQuerySet:
        return self.get_queryset().for_agency(agency)

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Person:
        """A person who signs in with ``username``; without a password they cannot until they set one."""
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> Person:
        """The portal administrator, who creates agencies."""
        return self.create_user(username, password, is_portal_administrator=True, **fields)


class Person(AbstractBaseUser):
    """Someone who signs in. People who leave are closed (``is_active``), never deleted."""

    username = models.CharField(
        "ชื่อผู้ใช้",
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "มีผู้ใช้ชื่อนี้แล้ว"},
    )
    email = models.EmailField("อีเมล", blank=True)
    full_name = models.CharField("คำนำหน้า ชื่อ และนามสกุล", max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="people")
    is_active = models.BooleanField("ใช้งานได้", default=True)
    retires_in = models.PositiveSmallIntegerField("เกษียณอายุราชการเมื่อสิ้นปีงบประมาณ พ.ศ.", null=True, blank=True)
    is_portal_administrator = models.BooleanField("ผู้ดูแลพอร์ทัล", default=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "บุคคล"
        ordering = ["full_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=~Q(email=""),
                name="person_email_once",
                violation_error_message="มีผู้ใช้อีเมลนี้แล้ว",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def retires_on(self) -> date | None:
        """The last day of service, 30 September; None where it is not known."""
        return fiscal_year_bounds(self.retires_in)[1] if self.retires_in else None


class RoleGrant(models.Model):
    """A role of a person; contributors have it for a unit, auditors until a day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField("บทบาท", max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants")
    until = models.DateField("ถึงวันที่", null=True, blank=True)

    class Meta:
        verbose_name = "บทบาท"
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "unit"], name="grant_once_a_unit"),
            models.UniqueConstraint(fields=["person", "role"], condition=Q(unit=None), name="grant_once"),
            models.CheckConstraint(
                condition=Q(role=Role.CONTRIBUTOR, unit__isnull=False)
                | (~Q(role=Role.CONTRIBUTOR) & Q(unit__isnull=True)),
                name="grant_unit_for_contributors_only",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.AUDITOR) | Q(until__isnull=False), name="grant_auditor_until_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.unit or ''}".strip()


class Position(models.Model):
    """ตำแหน่ง. Not a person: who holds it, and who acts for it, is an :class:`Appointment`."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="positions")
    title = models.CharField("ชื่อตำแหน่ง", max_length=200)

    class Meta:
        verbose_name = "ตำแหน่ง"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "title"], name="position_once", violation_error_message="มีตำแหน่งนี้แล้ว"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="position_title_given"),
        ]

    def __str__(self) -> str:
        return self.title


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def on(self, day: date) -> AppointmentQuerySet:
        """Those in force on a day (both ends included): of nobody who has retired, of no closed account."""
        serving = Q(person__retires_in__isnull=True) | Q(person__retires_in__gte=fiscal_year_of(day))
        return self.filter(
            serving, Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day, person__is_active=True
        )


class Appointment(models.Model):
    """A person in a position between two days: its holder, or someone acting for it by an order."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    kind = models.CharField("ลักษณะ", max_length=20, choices=Acting.choices, default=Acting.HOLDER)
    own_title = models.CharField("ตำแหน่งของผู้รักษาราชการแทน", max_length=200, blank=True)
    order_issuer = models.CharField("ผู้ออกคำสั่ง", max_length=200, blank=True)
    order_number = models.CharField("เลขที่คำสั่ง", max_length=100, blank=True)
    order_date = models.DateField("ลงวันที่", null=True, blank=True)
    starts = models.DateField("ตั้งแต่วันที่")
    ends = models.DateField("ถึงวันที่", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "การดำรงตำแหน่ง"
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="appointment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(kind=Acting.HOLDER)
                | (~Q(order_number="") & Q(order_date__isnull=False) & Q(ends__isnull=False)),
                name="appointment_acting_by_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.position}"

    @property
    def precedence(self) -> tuple[bool, int]:
        """Sorts those who fill one position: its holder before who acts for it."""
        return self.kind != Acting.HOLDER, self.pk

    @property
    def last_day(self) -> date | None:
        """The last day in force: the end of the term or of the order, or retirement before it; None for no end."""
        return min((day for day in (self.ends, self.person.retires_on) if day), default=None)

    def covers(self, day: date) -> bool:
        """Whether it is in force on a day: what :meth:`AppointmentQuerySet.on` asks the database."""
        return (
            self.person.is_active and self.starts <= day and (self.last_day is None or day <= self.last_day)
        )


class Absence(models.Model):
    """A person's own word that they are away between two days (both included); the officer then appoints by order."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    starts = models.DateField("ตั้งแต่วันที่")
    ends = models.DateField("ถึงวันที่")
    note = models.CharField("หมายเหตุ", max_length=300, blank=True)
    said_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "การแจ้งไม่อยู่ปฏิบัติราชการ"
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=models.F("starts")), name="absence_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.starts} {self.ends}"


class ChainLink(models.Model):
    """A place in the agency's usual chain of a report; order 0 is the author's, the highest the head's.

    ``kind`` is the kind of report that has this chain of its own, "" for all that have none. Copied into each report,
    where it can be corrected for that one report.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="chain")
    kind = models.CharField("รอบรายงาน", max_length=10, choices=ReportKind.choices, blank=True)
    order = models.PositiveSmallIntegerField("ลำดับ")
    position = models.ForeignKey(Position, models.PROTECT, related_name="links")
    addressed_to = models.CharField("เรียน", max_length=200, blank=True)
    words = models.CharField("ความเห็นที่ใช้ประจำ", max_length=500, blank=True)

    class Meta:
        verbose_name = "ลำดับการลงนาม"
        ordering = ["kind", "order"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "order"], name="chain_order_once"),
            models.UniqueConstraint(fields=["agency", "kind", "position"], name="chain_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.position}"

"""The local government and its units as a tree."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from measures.choices import RESERVED_SLUGS, TopMargin
from measures.thai import office_letters

SLUG = r"^[a-z][a-z0-9-]{1,48}[a-z0-9]$"


class Agency(models.Model):
    """หน่วยงาน. Its ``slug`` is the first part of every public address and never changes.

    ``emblem_sha256`` names its emblem among the kept files, a PNG; a drawn placeholder stands in until there is one.
    A name is not unique: towns of the same name lie in different provinces.
    """

    slug = models.CharField(
        "ชื่อในที่อยู่เว็บ",
        max_length=50,
        unique=True,
        validators=[RegexValidator(SLUG, "ใช้ตัวอักษรอังกฤษพิมพ์เล็ก ตัวเลข และขีดกลาง 3-50 ตัว ขึ้นต้นด้วยตัวอักษร")],
    )
    name = models.CharField("ชื่อหน่วยงาน", max_length=200)
    name_en = models.CharField("ชื่อภาษาอังกฤษ", max_length=200, blank=True)
    province = models.CharField("จังหวัด", max_length=100, blank=True)
    document_code = models.CharField("รหัสตัวพยัญชนะและเลขประจำหน่วยงาน", max_length=50, blank=True)
    executive_title = models.CharField("ตำแหน่งหัวหน้าหน่วยงาน", max_length=200, blank=True)
    address = models.CharField("ที่อยู่", max_length=500, blank=True)
    phone = models.CharField("โทรศัพท์", max_length=100, blank=True)
    email = models.EmailField("อีเมล", blank=True)
    website = models.URLField("เว็บไซต์", max_length=500, blank=True)
    complaint_channel = models.CharField("ช่องทางร้องเรียนการทุจริต", max_length=500, blank=True)
    complaint_url = models.URLField("ที่อยู่เว็บรับเรื่องร้องเรียน", max_length=500, blank=True)
    thai_digits = models.BooleanField("ใช้เลขไทยในเอกสาร", default=True)
    top_mm = models.PositiveSmallIntegerField(
        "ขอบบนของบันทึกข้อความ", choices=TopMargin.choices, default=TopMargin.NARROW
    )
    emblem_sha256 = models.CharField("ตราหน่วยงาน", max_length=64, blank=True)
    second_factor_roles = models.JSONField("บทบาทที่ต้องยืนยันตัวตนสองชั้น", default=list, blank=True)

    class Meta:
        verbose_name = "หน่วยงาน"
        ordering = ["name", "province", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="agency_slug_form"),
            models.CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="agency_slug_not_reserved"),
            models.CheckConstraint(condition=~Q(name=""), name="agency_name_given"),
            models.CheckConstraint(condition=Q(top_mm__in=TopMargin.values), name="agency_top_margin_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """The agency's letters in document numbers, where it has them."""
        return office_letters(self.document_code)


class UnitQuerySet(models.QuerySet["Unit"]):
    def for_agency(self, agency: Agency) -> UnitQuerySet:
        """Units of one agency with their parents."""
        return self.filter(agency=agency).select_related("parent")


class Unit(models.Model):
    """ส่วนราชการ: a division (กอง) or a section (งาน) below it."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField("ชื่อส่วนราชการ", max_length=200)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "ส่วนราชการ"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "parent", "name"], name="unit_once_below_parent"),
            models.UniqueConstraint(
                fields=["agency", "name"], condition=Q(parent=None), name="unit_once_at_the_top"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="unit_name_given"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="unit_not_below_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """As printed: the section followed by its division ("งานการเงินและบัญชี กองคลัง")."""
        return f"{self.name} {self.parent.name}" if self.parent else self.name

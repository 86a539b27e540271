"""The report being composed: the memorandum's fields, its sections, and its own chain of signers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from measures.models import Agency, Period, Plan, Position
from reports.choices import Kind


class ReportQuerySet(models.QuerySet["Report"]):
    def for_agency(self, agency: Agency) -> ReportQuerySet:
        """Reports of one agency, newest year first."""
        return self.filter(plan__agency=agency).order_by("-plan__fiscal_year", "pk")


class Report(models.Model):
    """รายงานผลการดำเนินการ: what the next revision will contain. What was sent is in its revisions.

    ``version`` counts saves of the form, so that none overwrites another unseen.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reports")
    kind = models.CharField("รอบรายงาน", max_length=10, choices=Kind.choices, default=Kind.ANNUAL)
    period = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="+")
    section = models.CharField("ส่วนราชการ", max_length=300, blank=True)
    number = models.CharField("ที่", max_length=100, blank=True)
    date = models.DateField("วันที่", null=True, blank=True)
    subject = models.CharField("เรื่อง", max_length=500, blank=True)
    addressee = models.CharField("เรียน", max_length=200, blank=True)
    refers_number = models.CharField("อ้างถึงบันทึกข้อความ ที่", max_length=100, blank=True)
    refers_date = models.DateField("ลงวันที่", null=True, blank=True)
    refers_subject = models.CharField("เรื่องที่อ้างถึง", max_length=500, blank=True)
    closing = models.CharField("คำลงท้าย", max_length=300, blank=True)
    table_title = models.CharField("ชื่อตาราง บรรทัดที่ 1", max_length=500, blank=True)
    table_subtitle = models.CharField("ชื่อตาราง บรรทัดที่ 2", max_length=300, blank=True)
    columns = models.JSONField("หัวคอลัมน์", default=list)
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "รายงานผลการดำเนินการ"
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "period"], name="report_once_a_period"),
            models.UniqueConstraint(
                fields=["plan", "kind"], condition=Q(period=None), name="report_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.ANNUAL, period__isnull=True)
                | (~Q(kind=Kind.ANNUAL) & Q(period__isnull=False)),
                name="report_period_unless_annual",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.get_kind_display()} {self.plan}"


class ReportSection(models.Model):
    """A section of the memorandum: paragraphs (one a line) and items typed as lines."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    number = models.CharField("เลขที่พิมพ์", max_length=20, blank=True)
    title = models.CharField("หัวข้อ", max_length=200, blank=True)
    body = models.TextField("ข้อความ", max_length=20_000, blank=True)
    items = models.TextField("รายการย่อย (บรรทัดละข้อ)", max_length=10_000, blank=True)

    class Meta:
        verbose_name = "หัวข้อในบันทึกข้อความ"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Signer(models.Model):
    """A place in this report's chain, copied from the agency's; order 0 is the author's."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="signers")
    order = models.PositiveSmallIntegerField("ลำดับ")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    addressed_to = models.CharField("เรียน", max_length=200, blank=True)
    words = models.CharField("ความเห็นที่ใช้ประจำ", max_length=500, blank=True)

    class Meta:
        verbose_name = "ผู้ลงนาม"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["report", "order"], name="signer_order_once")]

    def __str__(self) -> str:
        return f"{self.order} {self.position}"

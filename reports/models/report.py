"""The report being composed: the memorandum's fields, its sections, and its own chain of signers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from measures.models import Agency, Plan, Position
from reports.choices import Kind
from reports.content import Column
from reports.span import Span


class ReportQuerySet(models.QuerySet["Report"]):
    def for_agency(self, agency: Agency) -> ReportQuerySet:
        """Reports of one agency, newest year first, rehearsals among them."""
        return self.filter(plan__agency=agency).order_by("-plan__fiscal_year", "pk")

    def real(self) -> ReportQuerySet:
        """Those that are no rehearsals."""
        return self.filter(is_rehearsal=False)


class Report(models.Model):
    """รายงานผลการดำเนินการ: what the next revision will contain. What was sent is in its revisions.

    ``part`` says which half year or quarter it is about, 0 for the whole year (``span``). ``columns`` are the table's,
    in order: ``{"source": a word of reports.columns, "heading": as printed}``.
    ``chain_reason`` says why its chain differs from the agency's. A rehearsal is a report of its own, a copy of the
    real one whose document says ตัวอย่าง; it is never published. ``version`` counts saves of the form, so that none
    overwrites another unseen.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reports")
    kind = models.CharField("รอบรายงาน", max_length=10, choices=Kind.choices, default=Kind.ANNUAL)
    part = models.PositiveSmallIntegerField("งวด", default=0)
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
    chain_reason = models.CharField("เหตุผลที่ลำดับลงนามต่างจากของหน่วยงาน", max_length=500, blank=True)
    is_rehearsal = models.BooleanField("ซ้อมลงนาม", default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "รายงานผลการดำเนินการ"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "part"], condition=Q(is_rehearsal=False), name="report_once_a_part"
            ),
            models.UniqueConstraint(
                fields=["plan", "kind", "part"], condition=Q(is_rehearsal=True), name="report_rehearsed_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.ANNUAL, part=0)
                | Q(kind=Kind.HALF, part__in=[1, 2])
                | Q(kind=Kind.QUARTER, part__in=[1, 2, 3, 4]),
                name="report_part_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.get_kind_display()} {self.plan}"

    @property
    def span(self) -> Span:
        """The stretch of the fiscal year it is about."""
        return Span(self.plan.fiscal_year, Kind(self.kind), self.part)

    @property
    def table_columns(self) -> tuple[Column, ...]:
        """``columns`` as the document knows them."""
        return tuple(Column(column["source"], column["heading"]) for column in self.columns)


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

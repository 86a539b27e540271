"""What was done: a measure's result in each period, the evidence for it, and the year's curated outcome."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from measures.bullets import Bullets, parse
from measures.choices import Progress, Workflow
from measures.models.agency import Agency
from measures.models.people import Person
from measures.models.plan import Measure, Period, Step

PERCENT_FITS_PROGRESS = (
    Q(percent__isnull=True)
    | (Q(progress=Progress.DONE) & Q(percent=100))
    | (Q(progress=Progress.NOT_STARTED) & Q(percent=0))
    | (
        Q(progress__in=[Progress.IN_PROGRESS, Progress.ONGOING, Progress.CANCELLED, ""])
        & Q(percent__range=(0, 100))
    )
)
SUBMITTED = [Workflow.SUBMITTED, Workflow.ACCEPTED, Workflow.RETURNED]
REVIEWED = [Workflow.ACCEPTED, Workflow.RETURNED]


class QuarterlyResultQuerySet(models.QuerySet["QuarterlyResult"]):
    def for_agency(self, agency: Agency) -> QuarterlyResultQuerySet:
        """Results of one agency, of every year."""
        return self.filter(period__plan__agency=agency)


class QuarterlyResult(models.Model):
    """ผลการดำเนินการรายไตรมาส: one row a measure and period.

    ``body``, ``obstacles`` and ``suggestions`` are typed lines (``measures.bullets``).
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="results")
    period = models.ForeignKey(Period, models.PROTECT, related_name="results")
    state = models.CharField("สถานะ", max_length=12, choices=Workflow.choices, default=Workflow.DRAFT)
    progress = models.CharField("ความก้าวหน้า", max_length=12, choices=Progress.choices, blank=True)
    percent = models.PositiveSmallIntegerField("ร้อยละความก้าวหน้า", null=True, blank=True)
    nothing_done = models.BooleanField("ไม่มีการดำเนินการในไตรมาสนี้", default=False)
    nil_reason = models.CharField("เหตุผลที่ไม่มีการดำเนินการ", max_length=500, blank=True)
    body = models.TextField("ผลการดำเนินการ", max_length=20_000, blank=True)
    obstacles = models.TextField("ปัญหา/อุปสรรค", max_length=5000, blank=True)
    suggestions = models.TextField("ข้อเสนอแนะ", max_length=5000, blank=True)
    steps_done = models.ManyToManyField(Step, blank=True, related_name="done_in")
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    return_reason = models.CharField("เหตุผลที่ส่งกลับ", max_length=1000, blank=True)
    saved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = QuarterlyResultQuerySet.as_manager()

    class Meta:
        verbose_name = "ผลการดำเนินการรายไตรมาส"
        constraints = [
            models.UniqueConstraint(fields=["measure", "period"], name="result_once_a_period"),
            models.CheckConstraint(
                condition=~Q(state=Workflow.NOT_STARTED), name="result_exists_when_started"
            ),
            models.CheckConstraint(condition=PERCENT_FITS_PROGRESS, name="result_percent_fits_progress"),
            models.CheckConstraint(
                condition=Q(nothing_done=False) | ~Q(nil_reason="") | Q(state=Workflow.DRAFT),
                name="result_nil_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=Workflow.DRAFT)
                | Q(state__in=SUBMITTED, submitted_by__isnull=False, submitted_at__isnull=False),
                name="result_submitted_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=REVIEWED, reviewed_by__isnull=False, reviewed_at__isnull=False)
                | Q(state__in=[Workflow.DRAFT, Workflow.SUBMITTED]),
                name="result_reviewed_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state=Workflow.RETURNED) | ~Q(return_reason=""), name="result_return_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.period}"

    @property
    def bullets(self) -> Bullets:
        """``body`` as a nested list."""
        return parse(self.body)

    @property
    def obstacle_list(self) -> Bullets:
        """``obstacles`` as a nested list."""
        return parse(self.obstacles)

    @property
    def suggestion_list(self) -> Bullets:
        """``suggestions`` as a nested list."""
        return parse(self.suggestions)


class Evidence(models.Model):
    """หลักฐาน: a file kept by its hash, or an address; internal until marked public."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    result = models.ForeignKey(QuarterlyResult, models.CASCADE, related_name="evidence")
    title = models.CharField("ชื่อหลักฐาน", max_length=300)
    url = models.URLField("ที่อยู่เว็บ", max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    filename = models.CharField("ชื่อไฟล์", max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField("ขนาด (ไบต์)", default=0)
    is_public = models.BooleanField("เผยแพร่ต่อสาธารณะ", default=False)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = "หลักฐาน"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(sha256="") & ~Q(filename=""))
                | (~Q(url="") & Q(sha256="", filename="")),
                name="evidence_file_or_address",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="evidence_title_given"),
        ]

    def __str__(self) -> str:
        return self.title


class Outcome(models.Model):
    """ผลลัพธ์/ผลการดำเนินการ: the year's result as the report prints it, curated from the quarters."""

    measure = models.OneToOneField(Measure, models.CASCADE, related_name="outcome")
    progress = models.CharField("ความก้าวหน้า", max_length=12, choices=Progress.choices, blank=True)
    percent = models.PositiveSmallIntegerField("ร้อยละความก้าวหน้า", null=True, blank=True)
    body = models.TextField("ผลลัพธ์/ผลการดำเนินการ", max_length=20_000, blank=True)
    obstacles = models.TextField("ปัญหา/อุปสรรค", max_length=5000, blank=True)
    suggestions = models.TextField("ข้อเสนอแนะ", max_length=5000, blank=True)
    remark = models.CharField("หมายเหตุ", max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "ผลลัพธ์/ผลการดำเนินการ"
        constraints = [
            models.CheckConstraint(condition=PERCENT_FITS_PROGRESS, name="outcome_percent_fits_progress")
        ]

    def __str__(self) -> str:
        return str(self.measure)

    @property
    def bullets(self) -> Bullets:
        """``body`` as a nested list."""
        return parse(self.body)

    @property
    def obstacle_list(self) -> Bullets:
        """``obstacles`` as a nested list."""
        return parse(self.obstacles)

    @property
    def suggestion_list(self) -> Bullets:
        """``suggestions`` as a nested list."""
        return parse(self.suggestions)

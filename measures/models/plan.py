"""One agency's measures of one fiscal year: periods, groups, measures, steps and who is responsible."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from measures.choices import PeriodKind, Responsibility
from measures.models.agency import Agency, Unit


class PlanQuerySet(models.QuerySet["Plan"]):
    def for_agency(self, agency: Agency) -> PlanQuerySet:
        """Plans of one agency, newest year first."""
        return self.filter(agency=agency).order_by("-fiscal_year")


class Plan(models.Model):
    """มาตรการประจำปี. ``fiscal_year`` is in the Buddhist era; score and target are the year's ITA result (0-100)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="plans")
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ พ.ศ.")
    ita_score = models.DecimalField("คะแนน ITA", max_digits=5, decimal_places=2, null=True, blank=True)
    ita_target = models.DecimalField("ค่าเป้าหมาย", max_digits=5, decimal_places=2, null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "มาตรการประจำปี"
        constraints = [
            models.UniqueConstraint(fields=["agency", "fiscal_year"], name="plan_once_a_year"),
            models.CheckConstraint(
                condition=Q(fiscal_year__range=(2400, 2699)), name="plan_year_is_buddhist"
            ),
            models.CheckConstraint(
                condition=Q(ita_score__isnull=True) | Q(ita_score__range=(0, 100)), name="plan_score_range"
            ),
            models.CheckConstraint(
                condition=Q(ita_target__isnull=True) | Q(ita_target__range=(0, 100)), name="plan_target_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.fiscal_year}"


class Period(models.Model):
    """งวดรายงาน: quarters by default; reports are taken from ``opens`` and due by ``closes``."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="periods")
    number = models.PositiveSmallIntegerField("งวดที่")
    kind = models.CharField("ชนิดงวด", max_length=10, choices=PeriodKind.choices, default=PeriodKind.QUARTER)
    name = models.CharField("ชื่องวด", max_length=100)
    starts = models.DateField("ตั้งแต่วันที่")
    ends = models.DateField("ถึงวันที่")
    opens = models.DateField("เปิดรับรายงาน")
    closes = models.DateField("กำหนดส่ง")

    class Meta:
        verbose_name = "งวดรายงาน"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="period_number_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="period_ends_after_start"),
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="period_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return self.name


class MeasureGroup(models.Model):
    """มาตรการหลัก: a heading over measures. ``number`` overrides the printed number that its order gives."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="groups")
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField("ลำดับ")
    number = models.CharField("เลขที่พิมพ์", max_length=20, blank=True)
    title = models.CharField("ชื่อมาตรการหลัก", max_length=500, blank=True)

    class Meta:
        verbose_name = "มาตรการหลัก"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="group_key_once")]

    def __str__(self) -> str:
        return self.title


class MeasureQuerySet(models.QuerySet["Measure"]):
    def for_agency(self, agency: Agency) -> MeasureQuerySet:
        """Measures of one agency, of every year."""
        return self.filter(plan__agency=agency)

    def in_order(self) -> MeasureQuerySet:
        """As the report prints them."""
        return self.order_by("group__position", "group_id", "position", "pk")


class Measure(models.Model):
    """มาตรการ: what the agency promised to do. ``version`` counts saves, so that none overwrites another unseen.

    ``key`` names the measure in its plan for good, across imports and from year to year. ``plan`` repeats
    the group's, so that the database can hold the key to once a plan.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="measures")
    group = models.ForeignKey(MeasureGroup, models.CASCADE, related_name="measures")
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField("ลำดับ")
    number = models.CharField("เลขที่พิมพ์", max_length=20, blank=True)
    title = models.CharField("ชื่อมาตรการ", max_length=1000)
    units_printed = models.CharField("ผู้รับผิดชอบตามที่พิมพ์", max_length=500, blank=True)
    due_text = models.CharField("กำหนดแล้วเสร็จตามที่พิมพ์", max_length=500, blank=True)
    due = models.DateField("วันครบกำหนด", null=True, blank=True)
    indicator = models.TextField("ตัวชี้วัดความสำเร็จ", max_length=2000, blank=True)
    target = models.CharField("เป้าหมาย", max_length=500, blank=True)
    budget = models.DecimalField("งบประมาณ (บาท)", max_digits=14, decimal_places=2, null=True, blank=True)
    units: models.ManyToManyField[Unit, Ownership] = models.ManyToManyField(
        Unit, through="Ownership", related_name="measures"
    )
    version = models.PositiveIntegerField(default=1)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "มาตรการ"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="measure_key_once"),
            models.CheckConstraint(condition=~Q(title=""), name="measure_title_given"),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0), name="measure_budget_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """ขั้นตอน/วิธีการปฏิบัติ, numbered by its order unless ``number`` says otherwise."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField("ลำดับ")
    number = models.CharField("เลขที่พิมพ์", max_length=20, blank=True)
    text = models.TextField("ขั้นตอน/วิธีการปฏิบัติ", max_length=5000)

    class Meta:
        verbose_name = "ขั้นตอน"
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="step_text_given")]

    def __str__(self) -> str:
        return self.text


class Ownership(models.Model):
    """A unit's responsibility for a measure."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="ownerships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ownerships")
    position = models.PositiveSmallIntegerField("ลำดับ")
    kind = models.CharField(
        "ลักษณะความรับผิดชอบ", max_length=12, choices=Responsibility.choices, default=Responsibility.LEAD
    )

    class Meta:
        verbose_name = "ผู้รับผิดชอบ"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["measure", "unit"], name="ownership_once")]

    def __str__(self) -> str:
        return str(self.unit)

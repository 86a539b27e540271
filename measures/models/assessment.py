"""The assessment's own lists: which item of which year asks for the measures and for the report on them."""

from __future__ import annotations

from django.db import models

from measures.choices import ItemKind


class AssessmentItem(models.Model):
    """An item of the open-data checklist. Codes change every year: they are rows, never code.

    ``fiscal_year`` is the year of the assessment (พ.ศ.), which asks for the report on the year before.
    """

    scheme = models.CharField("ชุดการประเมิน", max_length=40, default="ITA")
    fiscal_year = models.PositiveSmallIntegerField("การประเมินปีงบประมาณ พ.ศ.")
    code = models.CharField("รหัสข้อ", max_length=20)
    kind = models.CharField("สิ่งที่ข้อนี้ถาม", max_length=10, choices=ItemKind.choices)
    title = models.CharField("ชื่อข้อ", max_length=500)
    required_elements = models.TextField("องค์ประกอบที่ต้องมี (บรรทัดละข้อ)", blank=True)

    class Meta:
        verbose_name = "ข้อการประเมิน"
        ordering = ["-fiscal_year", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "fiscal_year", "code"], name="item_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

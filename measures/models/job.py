"""What the worker does again and again: when each job was last begun, and how it ended."""

from __future__ import annotations

from django.db import models

from measures.choices import JobName


class Job(models.Model):
    """A job of the worker by its name; its row is claimed by compare-and-set, so that two workers do it once.

    ``ended_at`` is before ``began_at`` while it runs. ``failing_since`` and ``error`` are set from its first failure
    until it succeeds again. The row of ``JobName.MAIL`` speaks of the mail server: whether it took what it was last
    given.
    """

    name = models.CharField("งาน", max_length=60, primary_key=True)
    began_at = models.DateTimeField("เริ่มครั้งล่าสุดเมื่อ")
    ended_at = models.DateTimeField("จบครั้งล่าสุดเมื่อ", null=True, blank=True)
    failing_since = models.DateTimeField("ขัดข้องตั้งแต่", null=True, blank=True)
    error = models.CharField("ข้อขัดข้อง", max_length=500, blank=True)

    class Meta:
        verbose_name = "งานเบื้องหลัง"
        ordering = ["name"]

    def __str__(self) -> str:
        return str(JobName(self.name).label)

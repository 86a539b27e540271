"""One row for every act: who did what to which thing of which agency, when."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class EventQuerySet(models.QuerySet["Event"]):
    def for_agency(self, agency_id: int) -> EventQuerySet:
        """Events of one agency, in the order in which they were written (never by the clock)."""
        return self.filter(agency_id=agency_id).order_by("pk")

    def about(self, target: str, target_id: int) -> EventQuerySet:
        """Events about one thing, e.g. ``about("report", 7)``."""
        return self.filter(target=target, target_id=target_id)


class Event(models.Model):
    """An act. Names are copied, not joined: the trail reads the same when people and things have changed.

    ``agency_id`` and ``target_id`` are plain numbers, so that the trail depends on nothing it reports about.
    """

    agency_id = models.BigIntegerField("หน่วยงาน", null=True, db_index=True)
    at = models.DateTimeField("เมื่อ", default=timezone.now)
    actor_id = models.BigIntegerField("รหัสผู้กระทำ", null=True)
    actor_name = models.CharField("ผู้กระทำ", max_length=300, blank=True)
    act = models.CharField("การกระทำ", max_length=60)
    target = models.CharField("สิ่งที่ถูกกระทำ", max_length=60, blank=True)
    target_id = models.BigIntegerField(null=True)
    details = models.JSONField("รายละเอียด", default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "เหตุการณ์"
        indexes = [models.Index(fields=["target", "target_id"], name="event_target")]

    def __str__(self) -> str:
        return f"{self.act} {self.target} {self.target_id}"

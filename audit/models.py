"""One row for every act: who did what to which thing of which agency, when, tied by hash to the act before it."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from audit.chain import PORTAL, Known


class EventQuerySet(models.QuerySet["Event"]):
    def for_agency(self, agency_id: int | None) -> EventQuerySet:
        """Events of one agency (None: of the portal), in the order in which they were written, never by the clock."""
        return self.filter(chain=PORTAL if agency_id is None else agency_id).order_by("seq")

    def about(self, target: str, target_id: int) -> EventQuerySet:
        """Events about one thing, e.g. ``about("report", 7)``."""
        return self.filter(target=target, target_id=target_id)


class Event(models.Model):
    """An act. Names are copied, not joined: the trail reads the same when people and things have changed.

    Numbers stand for agency, actor and target, so that the trail depends on nothing it reports about. Rows are never
    changed or deleted (``audit.guards``); ``hash`` is the key, so that no column stands outside the chain.
    """

    hash = models.CharField(max_length=64, primary_key=True)
    chain = models.BigIntegerField("หน่วยงาน")
    seq = models.BigIntegerField("ลำดับ")
    previous = models.CharField(max_length=64)
    at = models.DateTimeField("เมื่อ")
    actor_id = models.BigIntegerField("รหัสผู้กระทำ", null=True)
    actor_name = models.CharField("ผู้กระทำ", max_length=300, blank=True)
    act = models.CharField("การกระทำ", max_length=60)
    target = models.CharField("สิ่งที่ถูกกระทำ", max_length=60, blank=True)
    target_id = models.BigIntegerField(null=True)
    details_json = models.TextField("รายละเอียด", default="{}")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "เหตุการณ์"
        indexes = [models.Index(fields=["target", "target_id"], name="event_about")]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="event_seq_once"),
            models.UniqueConstraint(fields=["chain", "previous"], name="event_follows_once"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.target} {self.target_id}"

    @property
    def details(self) -> dict[str, Any]:
        """What else is known of the act."""
        found: dict[str, Any] = json.loads(self.details_json)
        return found


class Anchor(models.Model):
    """Where a chain stood when it was noted on a day: published and mailed, so that nothing of it is rewritten unseen.

    Never changed or deleted, as events are not.
    """

    chain = models.BigIntegerField("หน่วยงาน")
    day = models.DateField("วันที่")
    seq = models.BigIntegerField("ลำดับ")
    hash = models.CharField(max_length=64)
    noted_at = models.DateTimeField("เมื่อ")

    class Meta:
        verbose_name = "หมุดของสายเหตุการณ์"
        ordering = ["chain", "day"]
        constraints = [models.UniqueConstraint(fields=["chain", "day"], name="anchor_once_a_day")]

    def __str__(self) -> str:
        return str(self.known)

    @property
    def known(self) -> Known:
        """The anchor as it is published."""
        return Known(self.day, self.chain, self.seq, self.hash)


class Head(models.Model):
    """Where an agency's chain ends; its row is locked by whoever writes the next event."""

    chain = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "ปลายสายเหตุการณ์"

    def __str__(self) -> str:
        return f"{self.chain}: {self.seq}"

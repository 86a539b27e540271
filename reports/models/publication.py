"""A signed revision made public, for good."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from measures.models import Agency, Person
from reports.models.signoff import Revision


class PublicationQuerySet(models.QuerySet["Publication"]):
    def for_agency(self, agency: Agency) -> PublicationQuerySet:
        """What one agency has published."""
        return self.filter(revision__report__plan__agency=agency)

    def standing(self) -> PublicationQuerySet:
        """Those not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Publication(models.Model):
    """การเผยแพร่. The public pages are drawn from the revision's frozen content and from ``items`` only.

    ``items`` is the assessment's item codes as they stood on the day. Withdrawing keeps the row and its address.
    """

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="publication")
    items = models.JSONField("ข้อการประเมิน", default=list)
    published_at = models.DateTimeField("เผยแพร่เมื่อ")
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("ถอนเมื่อ", null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField("เหตุผล", max_length=1000, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "การเผยแพร่"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="publication_withdrawn_by_whom_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.revision)

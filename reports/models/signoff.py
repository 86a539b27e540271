"""A report frozen for signing, and what each position decided on it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from measures.models import Agency, Person, Position
from reports.chain import seen_hash
from reports.choices import Decision, ProofKind, SealLevel, Stage
from reports.codes import new_code
from reports.content import Content
from reports.models.report import Report


class RevisionQuerySet(models.QuerySet["Revision"]):
    def for_agency(self, agency: Agency) -> RevisionQuerySet:
        """Revisions of one agency's reports."""
        return self.filter(report__plan__agency=agency)


class Revision(models.Model):
    """ฉบับ: content frozen at the moment it was sent. ``turn`` is the order of the position that signs next.

    ``content`` is the canonical JSON, byte for byte as hashed; the PDFs are kept by their SHA-256
    (``measures.storage``), and so are, once it is sealed, its ``twins`` in other formats, by how their names end
    (``reports.exports.TWINS``). ``code`` stands on its pages and opens the page that says what they are worth today.
    ``seal_level`` and ``seal_name`` say what electronic seal the sealed PDF carries and whose certificate made it.
    ``pages`` are those of the presented PDF, once it is sealed of the sealed one, which has the signing log too.
    ``publish_at`` is set while the officer has it published at a later moment.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField("ฉบับที่")
    code = models.CharField("รหัสยืนยันเอกสาร", max_length=12, unique=True, default=new_code)
    stage = models.CharField("สถานะ", max_length=10, choices=Stage.choices, default=Stage.SIGNING)
    turn = models.PositiveSmallIntegerField(default=1)
    content = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    presented_sha256 = models.CharField(max_length=64)
    sealed_sha256 = models.CharField(max_length=64, blank=True)
    seal_level = models.CharField("ระดับตราประทับ", max_length=4, choices=SealLevel.choices, blank=True)
    seal_name = models.CharField("ใบรับรองของตราประทับ", max_length=300, blank=True)
    twins = models.JSONField(default=dict, blank=True)
    pages = models.PositiveSmallIntegerField("จำนวนหน้า", default=0)
    sent_at = models.DateTimeField()
    recalled_at = models.DateTimeField("ดึงกลับเมื่อ", null=True, blank=True)
    recall_reason = models.CharField("เหตุผลที่ดึงกลับ", max_length=500, blank=True)
    publish_at = models.DateTimeField("ให้เผยแพร่เมื่อ", null=True, blank=True)
    publish_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "ฉบับเสนอลงนาม"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(stage=Stage.SIGNING), name="revision_one_in_the_chain"
            ),
            models.CheckConstraint(
                condition=Q(sealed_sha256="") | Q(stage=Stage.SIGNED), name="revision_sealed_when_signed"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.RECALLED, recalled_at__isnull=False)
                | (~Q(stage=Stage.RECALLED) & Q(recalled_at__isnull=True, recall_reason="")),
                name="revision_recalled_when",
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True, publish_by__isnull=True)
                | Q(publish_at__isnull=False, publish_by__isnull=False),
                name="revision_published_later_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} ฉบับที่ {self.number}"

    def read(self) -> Content:
        """The frozen content as data."""
        return Content.from_json(self.content)

    @property
    def seen_sha256(self) -> str:
        """What a decision on this revision must say it has seen: the content and the PDF as presented."""
        return seen_hash(content_sha256=self.content_sha256, presented_sha256=self.presented_sha256)


class SignOff(models.Model):
    """การลงนาม/ความเห็น: one position's place in one revision's chain, then its decision.

    Name, position and order of acting are copied on the day: the mayor of 2568 stays mayor on paper. ``agreed`` is the
    sentence that stood above the button; ``proof_json`` is what proved the person (the assertion of a passkey), without
    any secret. ``bound`` is the very text whose SHA-256 is ``hash``, so that anyone can compute it again. ``places``
    are the places of the document that a return speaks of: ``{"key": …, "label": as shown}``.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="signoffs")
    order = models.PositiveSmallIntegerField("ลำดับ")
    position = models.ForeignKey(Position, models.PROTECT, related_name="signoffs")
    position_title = models.CharField("ตำแหน่ง", max_length=200)
    addressed_to = models.CharField("เรียน", max_length=200, blank=True)
    usual_words = models.CharField("ความเห็นที่ใช้ประจำ", max_length=500, blank=True)
    waiting_since = models.DateTimeField(null=True)
    opened_at = models.DateTimeField("เปิดอ่านครั้งแรกเมื่อ", null=True)
    reminded_at = models.DateTimeField("เตือนครั้งล่าสุดเมื่อ", null=True)
    decision = models.CharField("การตัดสิน", max_length=10, choices=Decision.choices, blank=True)
    words = models.TextField("ความเห็น", max_length=2000, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="signoffs")
    person_name = models.CharField("ชื่อผู้ลงนาม", max_length=200, blank=True)
    acting_title = models.CharField("ตำแหน่งของผู้รักษาราชการแทน", max_length=300, blank=True)
    acting_order = models.CharField("คำสั่ง", max_length=300, blank=True)
    places = models.JSONField("ส่วนของเอกสารที่ส่งกลับ", default=list, blank=True)
    proof = models.CharField("วิธียืนยันตัวบุคคล", max_length=40, choices=ProofKind.choices, blank=True)
    proof_json = models.TextField(blank=True)
    agreed = models.CharField("ข้อความที่ยืนยัน", max_length=1000, blank=True)
    decided_at = models.DateTimeField("เมื่อ", null=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    bound = models.TextField(blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "การลงนาม"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "order"], name="signoff_order_once"),
            models.CheckConstraint(
                condition=Q(
                    decision="", person__isnull=True, decided_at__isnull=True, person_name="", hash=""
                )
                | (
                    ~Q(decision="")
                    & Q(person__isnull=False, decided_at__isnull=False)
                    & ~Q(person_name="")
                    & ~Q(hash="")
                ),
                name="signoff_who_when_and_what_together",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.RETURNED) | ~Q(words=""), name="signoff_return_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.SENT) | Q(order=0), name="signoff_only_the_author_sends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.position_title} {self.get_decision_display()}"

    @property
    def position_lines(self) -> tuple[str, ...]:
        """The position in one line, or who acts for it above it."""
        return (self.acting_title, self.position_title) if self.acting_title else (self.position_title,)

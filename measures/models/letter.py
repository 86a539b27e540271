"""The outbox: every letter that the portal sends, kept before the mail server is asked."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q

from measures.choices import LetterKind, LetterState
from measures.models.agency import Agency
from measures.models.people import Person

CHANGED_FROM: Final = (LetterState.QUEUED, LetterState.HELD, LetterState.FAILED)
HELD_FROM: Final = (LetterState.QUEUED, LetterState.FAILED)
RELEASED_FROM: Final = (LetterState.HELD,)
SENT_ANEW_FROM: Final = (LetterState.SENT, LetterState.FAILED)
"""In which states an officer may do what with a letter; asked by its page, and again by the act itself."""


class Letter(models.Model):
    """A letter to one address. ``key`` says what it is about, so that one event never makes two of it.

    ``line_text`` is the same in three lines, to be pasted into a group. A ``is_secret`` letter carries a link that
    opens an account: its text is shown to nobody and forgotten once it is sent. ``attempts`` counts tries, the next of
    which is due at ``next_try_at``; ``claimed_at`` is when a worker took it, so that one that died gives it back.
    ``resent`` counts how often somebody had it sent anew, which makes it another letter for the mail server;
    ``version`` counts saves of the form.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="letters")
    kind = models.CharField("เรื่อง", max_length=20, choices=LetterKind.choices)
    key = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="letters")
    address = models.CharField("ถึง", max_length=254, blank=True)
    subject = models.CharField("หัวเรื่อง", max_length=300)
    body = models.TextField("ข้อความ", max_length=20_000, blank=True)
    line_text = models.TextField("ข้อความสำหรับ LINE", max_length=2_000, blank=True)
    path = models.CharField(max_length=300, blank=True)
    is_secret = models.BooleanField(default=False)
    state = models.CharField("สถานะ", max_length=10, choices=LetterState.choices, default=LetterState.QUEUED)
    attempts = models.PositiveSmallIntegerField("ครั้งที่ลองส่ง", default=0)
    last_error = models.CharField("ข้อขัดข้อง", max_length=500, blank=True)
    written_at = models.DateTimeField("เมื่อ")
    next_try_at = models.DateTimeField("ลองส่งเมื่อ", null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    resent = models.PositiveSmallIntegerField("ส่งซ้ำโดยเจ้าหน้าที่ (ครั้ง)", default=0)
    version = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField("ส่งเมื่อ", null=True, blank=True)

    class Meta:
        verbose_name = "จดหมาย"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="letter_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~Q(state=LetterState.SENT) & Q(sent_at__isnull=True)),
                name="letter_sent_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.address}"

    @property
    def state_words(self) -> str:
        """Its state as people read it; one without an address waits for an officer, not for the server."""
        if self.state == LetterState.QUEUED and not self.address:
            return "ไม่มีอีเมล"
        if self.state == LetterState.QUEUED and self.attempts:
            return "รอลองส่งใหม่"
        return str(LetterState(self.state).label)

    @property
    def tone(self) -> str:
        """How its state is drawn (``components/status.html``)."""
        tones = {LetterState.SENT: "done", LetterState.FAILED: "late", LetterState.HELD: "none"}
        if self.state == LetterState.QUEUED and not self.address:
            return "none"
        return tones.get(LetterState(self.state), "doing")

    @property
    def may_be_changed(self) -> bool:
        """Whether its text may be edited: not sent, not just being sent, and no secret."""
        return not self.is_secret and self.state in CHANGED_FROM

    @property
    def may_be_held(self) -> bool:
        return self.state in HELD_FROM

    @property
    def may_be_sent_anew(self) -> bool:
        """A secret one only while its text is kept."""
        return self.state in SENT_ANEW_FROM and bool(self.address) and bool(self.body)

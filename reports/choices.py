"""The closed lists of the report's life, with their Thai words."""

from __future__ import annotations

from django.db.models import TextChoices


class Kind(TextChoices):
    """What stretch of the fiscal year a report covers."""

    ANNUAL = "annual", "รอบ 12 เดือน"
    HALF = "half", "รอบ 6 เดือน"
    QUARTER = "quarter", "รายไตรมาส"


class Stage(TextChoices):
    """Where one revision stands."""

    SIGNING = "signing", "รอลงนาม"
    RETURNED = "returned", "ส่งกลับแก้ไข"
    SIGNED = "signed", "ลงนามแล้ว"


class Decision(TextChoices):
    """What a position decided; the author's own signature is the sending."""

    SENT = "sent", "เสนอลงนาม"
    ENDORSED = "endorsed", "ลงนาม"
    RETURNED = "returned", "ส่งกลับแก้ไข"

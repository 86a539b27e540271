"""The closed lists of the report's life, with their Thai words."""

from __future__ import annotations

from django.db.models import TextChoices

from measures.choices import ReportKind as Kind

__all__ = ["Decision", "Kind", "ProofKind", "SealLevel", "Stage"]


class Stage(TextChoices):
    """Where one revision stands."""

    SIGNING = "signing", "รอลงนาม"
    RETURNED = "returned", "ส่งกลับแก้ไข"
    RECALLED = "recalled", "ดึงกลับ"
    SIGNED = "signed", "ลงนามแล้ว"


class Decision(TextChoices):
    """What a position decided; the author's own signature is the sending."""

    SENT = "sent", "เสนอลงนาม"
    ENDORSED = "endorsed", "ลงนาม"
    RETURNED = "returned", "ส่งกลับแก้ไข"


class ProofKind(TextChoices):
    """How a person proved who they are at the moment of a signature."""

    SESSION = "session", "ลงชื่อเข้าใช้"  # before 2026-11, and what a plan file tells of the past
    PASSWORD = "password", "รหัสผ่าน"
    TOTP = "totp", "รหัสจากแอปยืนยันตัวตน"
    PASSKEY = "passkey", "พาสคีย์"


class SealLevel(TextChoices):
    """The agency's electronic seal on the sealed PDF (ETSI EN 319 142-1)."""

    NONE = "", "ไม่มีตราประทับอิเล็กทรอนิกส์"
    B_B = "B-B", "PAdES B-B"
    B_T = "B-T", "PAdES B-T (มีตราประทับเวลา)"

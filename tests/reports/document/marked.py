"""A document that was presented and signed: its code, and the log of who signed it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Final

from measures.thai import thai_digits
from reports.content import Act, Content, Endorsement, Mark

MARK: Final = Mark("7K3M-9QTX-2HW4", "https://ita.example.go.th/v/7K3M-9QTX-2HW4")
FOOT: Final = "รหัสยืนยันเอกสาร 7K3M-9QTX-2HW4", "ตรวจสอบที่ ita.example.go.th/v"
ORDER: Final = "คำสั่งเทศบาลตำบลตัวอย่าง ที่ ๔๑๒/๒๕๖๗ ลงวันที่ ๒๐ ธันวาคม ๒๕๖๗"
PROOFS: Final = "รหัสผ่าน", "รหัสจากแอปยืนยันตัวตน", "พาสคีย์"


def sealed_mark(content: Content) -> Mark:
    """The mark as it is known when ``content`` is sealed."""
    return replace(MARK, revision="๓", presented_sha256=_hash(content.memorandum.subject))


def acts_of(content: Content, endorsements: tuple[Endorsement, ...]) -> tuple[Act, ...]:
    """What each of ``endorsements`` is in the log."""
    return tuple(_act(content, one) for one in endorsements)


def some_acts(content: Content) -> tuple[Act, ...]:
    """The log of a ``content`` that its author and one more have signed."""
    signed = (Endorsement(order, f"นาย {order}", ("ปลัดเทศบาล",), "", "", "๑๔.๐๕ น.") for order in (0, 1))
    return acts_of(content, tuple(signed))


def words_of(act: Act) -> list[str]:
    """Every text of ``act`` that the log prints."""
    order = [f"ตาม{act.acting_order}"] if act.acting_order else []
    return [
        act.name,
        f"{act.acting} {act.position}",
        act.at,
        act.pressed,
        act.proof,
        act.seen,
        act.hash,
        *order,
    ]


def _act(content: Content, signed: Endorsement) -> Act:
    *acting, position = signed.position_lines
    opinion = f"พร้อมความเห็น “{signed.words}”" if signed.words else "โดยไม่มีความเห็นเพิ่มเติม"
    return Act(
        order=thai_digits(signed.order) if signed.order else "ผู้จัดทำ",
        name=signed.name,
        position=position,
        acting=" ".join(acting),
        pressed=(
            f"ข้าพเจ้า {signed.name} ในฐานะ{' '.join(signed.position_lines)} ลงนามในบันทึกข้อความ "
            f"ที่ {content.memorandum.number} เรื่อง {content.memorandum.subject} ฉบับที่ 3 "
            f"(รหัสเอกสาร {MARK.code}) {opinion}"
        ),
        at=signed.signed_at,
        proof=PROOFS[signed.order % 3],
        seen=_hash(content.sha256()),
        hash=_hash(signed.name),
        acting_order=ORDER if acting else "",
        words=signed.words,
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

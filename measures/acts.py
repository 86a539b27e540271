"""You come here for what the trail's words say in Thai: one sentence an act, with what is known of it. Pure.

Acts of every room stand here, so that the trail is read in one place; an act without a sentence is shown by its word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

ACTS: Final[Mapping[str, str]] = {
    "person.signed_in": "เข้าสู่ระบบ",
    "person.signed_out": "ออกจากระบบ",
    "person.sign_in_failed": "มีผู้เข้าสู่ระบบไม่สำเร็จด้วยชื่อ “{name}”",
    "person.second_factor_failed": "ยืนยันตัวขั้นที่สองไม่สำเร็จ",
    "person.session_ended": "ยกเลิกการเข้าสู่ระบบบนอุปกรณ์หนึ่ง",
    "person.password_changed": "เปลี่ยนรหัสผ่าน",
    "person.password_set": "ตั้งรหัสผ่าน",
    "person.reset_asked": "ขอตั้งรหัสผ่านใหม่",
    "person.factor_added": "เพิ่มวิธียืนยันตัวขั้นที่สอง",
    "person.factor_removed": "ถอดวิธียืนยันตัวขั้นที่สอง",
    "person.factors_taken": "ถอดวิธียืนยันตัวขั้นที่สองทั้งหมดของบุคคล",
    "person.recovery_codes_made": "สร้างรหัสสำรองชุดใหม่",
    "person.recovery_code_used": "ใช้รหัสสำรองเข้าสู่ระบบ",
    "person.invited": "เชิญ {name} ใช้งานพอร์ทัล",
    "person.changed": "แก้ไขข้อมูลของ {name}",
    "person.role_granted": "กำหนดบทบาทของบุคคลเป็น {roles}",
    "person.closed": "ปิดบัญชีของ {name}",
    "person.reopened": "เปิดบัญชีของ {name} อีกครั้ง",
    "access.refused": "ขอเปิดหน้าที่ไม่มีสิทธิหรือไม่มีอยู่ ({path})",
    "agency.founded": "เพิ่มหน่วยงาน {name}",
    "agency.changed": "แก้ไขข้อมูลหน่วยงาน",
    "agency.emblem_changed": "เปลี่ยนตราสัญลักษณ์ของหน่วยงาน",
    "agency.second_factor_changed": "เปลี่ยนบทบาทที่ต้องยืนยันตัวสองขั้น",
    "agency.certificate_changed": "เปลี่ยนใบรับรองอิเล็กทรอนิกส์ของหน่วยงาน",
    "unit.added": "เพิ่มส่วนราชการ “{name}”",
    "unit.changed": "แก้ไขส่วนราชการ “{name}”",
    "unit.deleted": "ลบส่วนราชการ “{name}”",
    "position.added": "เพิ่มตำแหน่ง{title}",
    "position.changed": "แก้ไขตำแหน่ง{title}",
    "position.appointed": "กำหนดให้ {person} {kind} ตั้งแต่ {starts}",
    "position.term_ended": "ให้ {person} พ้นจากตำแหน่งวันที่ {ends}",
    "absence.said": "แจ้งไม่อยู่ปฏิบัติราชการ",
    "absence.taken_back": "ยกเลิกการแจ้งไม่อยู่ปฏิบัติราชการ",
    "chain.changed": "กำหนดลำดับการลงนามเป็น {positions}",
    "assessment.item_saved": "บันทึกข้อการประเมิน {code} ปีงบประมาณ พ.ศ. {year}",
    "plan.started": "เริ่มมาตรการประจำปีงบประมาณ พ.ศ. {fiscal_year}",
    "plan.periods_changed": "แก้ไขวันของงวดรายงาน",
    "plan.imported": "นำเข้ามาตรการประจำปีจากไฟล์",
    "plan.exported": "ส่งออกมาตรการประจำปีเป็นไฟล์",
    "group.added": "เพิ่มมาตรการหลัก “{title}”",
    "group.changed": "แก้ไขมาตรการหลัก “{title}”",
    "group.moved": "ย้ายลำดับมาตรการหลัก",
    "group.deleted": "ลบมาตรการหลัก “{title}”",
    "measure.added": "เพิ่มมาตรการ “{title}”",
    "measure.changed": "แก้ไขมาตรการ “{title}”",
    "measure.moved": "ย้ายลำดับมาตรการ",
    "measure.deleted": "ลบมาตรการ “{title}”",
    "result.saved": "บันทึกผลการดำเนินการ {period}",
    "result.submitted": "ส่งผลการดำเนินการ {period} ให้ตรวจ",
    "result.recalled": "ดึงผลการดำเนินการ {period} กลับมาแก้ไข",
    "result.accepted": "ตรวจรับผลการดำเนินการ {period}",
    "result.returned": "ส่งผลการดำเนินการ {period} กลับให้แก้ไข",
    "outcome.saved": "บันทึกผลลัพธ์ของปี",
    "evidence.added": "แนบหลักฐาน “{title}”",
    "evidence.renamed": "เปลี่ยนชื่อหลักฐานเป็น “{title}”",
    "evidence.published_mark": "เปิดเผยหลักฐาน “{title}” ต่อสาธารณะ",
    "evidence.internal_mark": "กำหนดหลักฐาน “{title}” เป็นเอกสารภายใน",
    "evidence.removed": "ลบหลักฐาน “{title}”",
    "report.started": "เริ่มจัดทำรายงาน",
    "report.saved": "บันทึกรายงาน",
    "report.regenerated": "เรียบเรียงบันทึกข้อความใหม่จากผลการดำเนินการ",
    "report.chain_copied": "คัดลอกลำดับการลงนามของหน่วยงานมาใช้กับรายงาน",
    "report.chain_corrected": "แก้ไขลำดับการลงนามของรายงานฉบับนี้",
    "report.rehearsed": "เริ่มซ้อมลงนาม",
    "report.sent": "ลงนามและเสนอรายงานฉบับที่ {revision} ตามลำดับ",
    "revision.endorsed": "ลงนามในรายงานฉบับที่ {number}",
    "revision.returned": "ส่งรายงานฉบับที่ {number} กลับแก้ไข",
    "revision.recalled": "ดึงรายงานฉบับที่ {number} กลับ",
    "revision.reminded": "เตือนผู้ที่รายงานรอลงนาม",
    "revision.opened": "เปิดเอกสารที่เสนอลงนาม",
    "revision.sealed": "ปิดผนึกรายงานฉบับลงนามครบแล้ว",
    "revision.published": "เผยแพร่รายงาน",
    "revision.publishing_scheduled": "กำหนดเวลาเผยแพร่รายงานฉบับที่ {number}",
    "revision.publishing_cancelled": "ยกเลิกเวลาเผยแพร่รายงานที่กำหนดไว้",
    "revision.not_published": "เผยแพร่รายงานฉบับที่ {number} ตามเวลาที่กำหนดไว้ไม่ได้",
    "revision.withdrawn": "ถอนการเผยแพร่รายงาน เหตุผล: {reason}",
    "signature.proof_failed": "ยืนยันตัวเพื่อลงนามไม่สำเร็จ",
    "trail.exported": "ส่งออกบันทึกการกระทำ {format}",
    "trail.anchored": "ปักหมุดปลายสายประจำวันของทุกหน่วยงาน",
    "demonstration.loaded": "โหลดข้อมูลตัวอย่าง",
}
"""Each act in words; a name in braces is one of the event's details."""

THINGS: Final[Mapping[str, str]] = {
    "person": "บุคคล", "agency": "หน่วยงาน", "unit": "ส่วนราชการ", "position": "ตำแหน่ง", "plan": "มาตรการประจำปี",
    "measuregroup": "มาตรการหลัก", "measure": "มาตรการ", "quarterlyresult": "ผลการดำเนินการ", "outcome": "ผลลัพธ์",
    "evidence": "หลักฐาน", "report": "รายงาน", "revision": "ฉบับของรายงาน", "assessmentitem": "ข้อการประเมิน",
    "absence": "การแจ้งไม่อยู่", "letter": "จดหมาย",
}  # fmt: skip
"""What an act can be about, in words."""

GROUPS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "signing": ("การเสนอ ลงนาม และเผยแพร่", ("report.", "revision.", "signature.")),
    "results": ("ผลการดำเนินการและหลักฐาน", ("result.", "outcome.", "evidence.")),
    "plans": ("มาตรการประจำปี", ("plan.", "group.", "measure.", "assessment.")),
    "people": (
        "บุคคล บทบาท ตำแหน่ง และลำดับ",
        ("person.", "position.", "absence.", "chain.", "unit.", "agency."),
    ),
    "access": ("การเข้าสู่ระบบและการถูกปฏิเสธ", ("person.signed", "person.sign_in", "person.second", "access.")),
    "exports": ("การส่งออกข้อมูล", ("trail.", "plan.exported")),
}
"""Acts that are looked for together, by the word in the address."""


class _Details(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def sentence(act: str, details: Mapping[str, Any]) -> str:
    """What was done, as a sentence without its subject; the bare word for an act that has none."""
    template = ACTS.get(act)
    return (
        template.format_map(_Details({key: _said(value) for key, value in details.items()}))
        if template
        else act
    )


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value is None else str(value)

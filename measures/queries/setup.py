"""Questions of the agency's set-up, each with a fixed number of SQL statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from measures.models import Agency, Appointment, Position


@dataclass(frozen=True)
class Task:
    """One thing to set up: where, and what there is already ("" where nothing is)."""

    title: str
    url_name: str
    done: str
    hint: str


def setup_tasks(agency: Agency) -> list[Task]:
    """What a town needs before it can work, in the order in which it is easiest done."""
    units, people, positions = agency.units.count(), agency.people.count(), agency.positions.count()
    chain = agency.chain.filter(kind="").count()
    return [
        Task(
            "ข้อมูลหน่วยงาน", "agency_edit", agency.name if agency.document_code and agency.executive_title else "",
            "ชื่อ รหัสหนังสือ ตำแหน่งหัวหน้าหน่วยงาน และช่องทางติดต่อที่เผยแพร่",
        ),
        Task("ส่วนราชการ", "units", f"{units} แห่ง" if units else "", "กองและงานที่รับผิดชอบมาตรการ"),
        Task("บุคคล", "people", f"{people} คน" if people > 1 else "", "นิติกร ผู้รายงานของส่วนราชการ และผู้บริหาร"),
        Task(
            "ตำแหน่งและลำดับการลงนาม", "positions",
            f"{positions} ตำแหน่ง ลงนาม {chain - 1} ลำดับ" if chain > 1 else "",
            "ใครลงนามก่อนหลัง และใครดำรงตำแหน่งหรือรักษาราชการแทน",
        ),
        Task(
            "การยืนยันตัวตนสองชั้น", "second_factor_edit",
            f"กำหนดแล้ว {len(agency.second_factor_roles)} บทบาท" if agency.second_factor_roles else "",
            "แนะนำสำหรับผู้ดูแลระบบ นิติกร และผู้ลงนาม: รหัสผ่านที่รั่วไหลอย่างเดียวใช้เข้าระบบไม่ได้",
        ),
        Task("ตราหน่วยงาน", "emblem_edit", "มีตราแล้ว" if agency.emblem_sha256 else "", "พิมพ์ที่มุมซ้ายบนของบันทึกข้อความ"),
    ]  # fmt: skip


def positions_today(agency: Agency, today: date) -> QuerySet[Position]:
    """Positions of an agency, each with ``today``: its appointments in force."""
    in_force = Appointment.objects.on(today).select_related("person")
    return agency.positions.prefetch_related(Prefetch("appointments", in_force, to_attr="today"))

"""How a quarterly result goes back and forth between the unit that writes it and the officer who checks it."""

from __future__ import annotations

from typing import Final

from measures.choices import Progress
from measures.choices import Workflow as State
from measures.errors import Refused

NEXT: Final[dict[tuple[State, str], State]] = {
    # The unit's acts.
    (State.NOT_STARTED, "save"): State.DRAFT,
    (State.DRAFT, "save"): State.DRAFT,
    (State.RETURNED, "save"): State.RETURNED,  # until it is sent again, so that the reason stays in sight
    (State.DRAFT, "submit"): State.SUBMITTED,
    (State.RETURNED, "submit"): State.SUBMITTED,
    (State.SUBMITTED, "recall"): State.DRAFT,
    # The officer's: correcting what a unit sent leaves it where it stands.
    (State.NOT_STARTED, "correct"): State.DRAFT,
    (State.DRAFT, "correct"): State.DRAFT,
    (State.RETURNED, "correct"): State.RETURNED,
    (State.SUBMITTED, "correct"): State.SUBMITTED,
    (State.ACCEPTED, "correct"): State.ACCEPTED,
    (State.SUBMITTED, "accept"): State.ACCEPTED,
    (State.SUBMITTED, "return"): State.RETURNED,
    (State.ACCEPTED, "return"): State.RETURNED,
}

_WHY_NOT: Final[dict[tuple[State, str], str]] = {
    (State.SUBMITTED, "save"): "ส่งผลการดำเนินการให้นิติกรแล้ว หากต้องการแก้ไข ให้ดึงกลับก่อนนิติกรตรวจ",
    (State.SUBMITTED, "submit"): "ส่งผลการดำเนินการรายการนี้ให้นิติกรแล้ว ระบบไม่ได้ส่งซ้ำ",
    (State.ACCEPTED, "save"): "นิติกรตรวจผลการดำเนินการรายการนี้แล้ว หากต้องการแก้ไข กรุณาแจ้งนิติกรให้ส่งกลับ",
    (State.ACCEPTED, "submit"): "นิติกรตรวจผลการดำเนินการรายการนี้แล้ว หากต้องการแก้ไข กรุณาแจ้งนิติกรให้ส่งกลับ",
    (State.ACCEPTED, "recall"): "นิติกรตรวจผลการดำเนินการรายการนี้แล้ว จึงดึงกลับไม่ได้ กรุณาแจ้งนิติกรให้ส่งกลับ",
    (State.ACCEPTED, "accept"): "ตรวจผลการดำเนินการรายการนี้แล้ว ระบบไม่ได้บันทึกซ้ำ",
    (State.RETURNED, "recall"): "นิติกรส่งรายการนี้กลับมาแก้ไขแล้ว ท่านแก้ไขได้ทันที",
    (State.RETURNED, "return"): "ส่งรายการนี้กลับแก้ไขแล้ว ระบบไม่ได้ส่งซ้ำ",
    (State.DRAFT, "recall"): "รายการนี้ยังไม่ได้ส่งให้นิติกร ท่านแก้ไขได้ทันที",
}
_WAITS_FOR_UNIT: Final = "ส่วนราชการยังไม่ได้ส่งผลการดำเนินการรายการนี้ให้ตรวจ กรุณาเปิดหน้านี้ใหม่"


def next_state(state: State | str, act: str) -> State:
    """Return where ``act`` takes a result that stands at ``state``. Raises ``Refused`` where it may not be done."""
    stands = State(state)
    if (stands, act) not in NEXT:
        raise Refused(_WHY_NOT.get((stands, act), _WAITS_FOR_UNIT))
    return NEXT[stands, act]


def allowed(state: State | str, act: str) -> bool:
    """Say whether ``act`` may be done now, for buttons."""
    return (State(state), act) in NEXT


def percent_problem(progress: str, percent: int | None) -> str:
    """Return why a percentage does not fit what is said of the progress, as a Thai sentence; "" where it does."""
    if percent is None:
        return ""
    if progress == Progress.DONE and percent != 100:
        return f'สถานะ "แล้วเสร็จ" มีความก้าวหน้าร้อยละ 100 แต่กรอกร้อยละ {percent} กรุณาแก้ร้อยละหรือเลือกสถานะอื่น'
    if progress == Progress.NOT_STARTED and percent != 0:
        return f'สถานะ "ยังไม่ดำเนินการ" มีความก้าวหน้าร้อยละ 0 แต่กรอกร้อยละ {percent} กรุณาแก้ร้อยละหรือเลือกสถานะอื่น'
    return "" if 0 <= percent <= 100 else "กรุณาพิมพ์ร้อยละเป็นจำนวนเต็มตั้งแต่ 0 ถึง 100 เช่น 50"


def missing(*, progress: str, body: str, nothing_done: bool, nil_reason: str) -> dict[str, str]:
    """Return what still has to be filled in before a result is sent: the field and its Thai sentence."""
    if nothing_done:
        return {} if nil_reason else {"nil_reason": "กรุณาระบุเหตุผลที่ไม่มีการดำเนินการในไตรมาสนี้"}
    lacking = {}
    if not progress:
        lacking["progress"] = "ยังไม่ได้เลือกสถานะของมาตรการ"
    if not body:
        lacking["body"] = (
            'ยังไม่ได้กรอกผลการดำเนินการ หากไตรมาสนี้ไม่มีการดำเนินการ ให้เลือก "ไม่มีการดำเนินการ" และระบุเหตุผล'
        )
    return lacking

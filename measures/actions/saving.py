"""What every save over a version that somebody saw has in common: the sentence when another saved since."""

from __future__ import annotations

from datetime import datetime

from measures import dates
from measures.errors import Changed
from measures.fiscal import bangkok_date
from measures.models import Person


def changed_since(by: Person | None, at: datetime | None, *, now: datetime) -> Changed:
    """Return the error that names who saved and when, for the person whose save came second."""
    who = str(by) if by else "ผู้อื่น"
    if at is None:
        when = ""
    elif bangkok_date(at) == bangkok_date(now):
        when = f"เมื่อเวลา {dates.time_label(at)} "
    else:
        when = f"เมื่อวันที่ {dates.moment_label(at)} "
    return Changed(
        f"{who} บันทึกรายการนี้{when}หลังจากท่านเปิดหน้านี้ ข้อความของท่านยังไม่ได้บันทึกทับ กรุณาเทียบทั้งสองฉบับแล้วเลือกข้อความที่จะใช้"
    )

"""You come here for how a line of Thai is set in print: what may not be parted at a line's end, whatever the words.

Nothing is added to the text, so that what is copied stays letter for letter what was typed.
"""

from __future__ import annotations

import re
from typing import Final

_D: Final = "[0-9๐-๙]"
_NOT_THAI: Final = "(?<![ก-๎])"
_MONTHS: Final = (
    "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
    r"|ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\."
)
_UNITS: Final = (
    "คะแนน|ล้าน|แสน|หมื่น|พัน|บาท|สตางค์|คน|ครั้ง|วัน|เดือน|ปี|ชั่วโมง|นาที|แห่ง|เรื่อง|ข้อ|ฉบับ|ราย|โครงการ|กิจกรรม|มาตรการ"
    r"|หน่วยงาน|ตำแหน่ง|ไตรมาส|งวด|รอบ|ช่องทาง|หน้า|แผ่น|ชุด|เล่ม|น\.|เปอร์เซ็นต์|%|ครัวเรือน|หลัง|คัน|เครื่อง|ต้น|ตัว"
    "|เมตร|เซนติเมตร|กิโลเมตร|ตาราง|ไร่|งาน|ลิตร|กรัม|กิโลกรัม|ตัน|ด้าน|ประเภท|ระดับ|ประเด็น|ขั้นตอน|ประการ"
)
# What belongs together: how the text before a line's end must not end where what follows begins so.
_HELD: Final = tuple(
    (re.compile(f"(?:{before})$"), re.compile(after))
    for before, after in (
        (rf"{_D} ", rf"{_UNITS}|{_MONTHS}"),  # ๙๕ คะแนน, ๒๗ ธันวาคม
        (rf"(?:{_MONTHS}) ", rf"(?:[พค]\.ศ\. ?)?{_D}"),
        (r"[พค]\.ศ\. ?", _D),
        (r"(?:ร้อยละ|มาตรา|ข้อ|ไตรมาส|ที่|หมู่|รอบ|เวลา|จำนวน|ปี) ", _D),
        (rf"{_D}[.,/:]", _D),
        (rf"{_D} ?[-–] ?", _D),  # ๒๕๖๖ – ๒๕๗๐
        (r"\S ", r"[-–] "),  # a dash between words would look like an item's where it begins a line
        (rf"{_D} ", rf"[-–] ?{_D}"),
        ("ไตรมาส|ครั้ง|ฉบับ|หมู่|งวด|รอบ|เล่ม|ชุด|ลำดับ|ระยะ|สมัย", rf"ที่ ?{_D}"),  # ไตรมาสที่ ๓
        (rf"{_NOT_THAI}[ก-ฮ]{{1,4}}\.? ", rf"{_D}+[/.]{_D}"),  # ตย ๑๒๓๔๕/๓๕๘
        (rf"{_NOT_THAI}(?:[ก-ฮ]{{1,4}}\.)+", r"[ก-ฮ]{1,4}\."),  # ป.ป.ช.
        (r"[^\s\-–][-–]", r"[^\s\-–]"),  # e-service: a hyphen at a line's end is lost in copying
    )
)
_JOINTS: Final = frozenset(" .,/:-–")  # with one of which all that comes before ends
_ORDINAL: Final = "ที่"  # which needs no space before it
_LOOK: Final = 40  # letters to either side that decide
_SHUT: Final = frozenset("ๆฯ)]}”’»…%,.;:!?")
_OPEN: Final = frozenset("([{“‘«")
# A cluster of letters begins neither with a sign that belongs to the letter before nor after a vowel written ahead.
_FOLLOWS: Final = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ฯๆ")
_LEADS: Final = frozenset("เแโใไ")


def is_held(text: str, at: int) -> bool:
    """Whether what stands before and after ``at`` belongs together: number and unit, a date, a hyphenated word."""
    if text[at - 1] not in _JOINTS and not text.startswith(_ORDINAL, at):
        return False
    before, after = text[max(0, at - _LOOK) : at], text[at : at + _LOOK]
    return any(left.search(before) and right.match(after) for left, right in _HELD)


def may_end_line(text: str, at: int) -> bool:
    """Whether a line may end before ``at``: the next begins neither with ๆ, ฯ nor what closes, nor this ends with (."""
    return text[at] not in _SHUT and text[at - 1] not in _OPEN


def may_part(text: str, at: int) -> bool:
    """Whether a cluster of letters may end before ``at``."""
    return text[at] not in _FOLLOWS and text[at - 1] not in _LEADS

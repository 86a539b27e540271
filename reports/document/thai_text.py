"""You come here for how a line of Thai is set in print: what may not be parted at a line's end.

Nothing is added to the text: what belongs together is wrapped in an element that does not break, so that the copied
text stays letter for letter what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_D: Final = "[0-9๐-๙]"
_MONTHS: Final = (
    "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
    r"|ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\."
)
_UNITS: Final = (
    "คะแนน|ล้านบาท|บาท|คน|ครั้ง|วัน|เดือน|ปี|ชั่วโมง|นาที|แห่ง|เรื่อง|ข้อ|ฉบับ|รายการ|ราย|โครงการ|กิจกรรม|มาตรการ"
    r"|หน่วยงาน|ตำแหน่ง|ไตรมาส|งวด|รอบ|ช่องทาง|หน้า|แผ่น|ชุด|เล่ม|น\.|เปอร์เซ็นต์|%"
)
_BEFORE: Final = "ร้อยละ|มาตรา|ข้อ|ไตรมาส|ไตรมาสที่|ครั้งที่|ฉบับที่|หมู่ที่|หมู่"
# Words that the dictionary behind Pango parts, longest first; an official reader stumbles over their halves.
_WORDS: Final = (
    "(?:ประจำ)?ปีงบประมาณ|คณะผู้บริหาร|คณะทำงาน|ผู้รับผิดชอบ|จัดซื้อจัดจ้าง|หน่วยงาน|ดำเนินงาน|ดำเนินการ|ช่องทาง"
    "|ผู้เกี่ยวข้อง|ผู้รับบริการ|ผู้มาติดต่อ|ผู้มีหน้าที่|ตามลำดับชั้น|ข้อแนะนำ|สื่อออนไลน์|เทศบาลตำบล"
    "|กอง(?:คลัง|ช่าง|การศึกษา|สาธารณสุข|ยุทธศาสตร์|สวัสดิการสังคม|การเจ้าหน้าที่)"
    "|ข้อเสนอแนะ|ประพฤติมิชอบ|ใบเสร็จรับเงิน|รายไตรมาส|รายเดือน|ดีขึ้น|มากขึ้น|คณะกรรมการ|ต่อไป|การ(?:ประเมิน|วิเคราะห์)|ได้รับ(?:ทราบ)?"
    "|ความ(?:เห็นชอบ|คิดเห็น|เสี่ยง|โปร่งใส|สำเร็จ|ก้าวหน้า|พึงพอใจ|ร่วมมือ|สอดคล้อง)"
    "|(?:ต่าง|อื่น|ทุก|หลาย|นั้น|ใด|เรื่อง|ครั้ง) ๆ"
)
# A word longer than this is rather parted than pushed out of its column.
_LONGEST: Final = 24
_TOGETHER: Final = re.compile(
    rf"(?P<word>[พค]\.ศ\.\s?{_D}{{4}}(?:\s?[-–]\s?{_D}{{2,4}})?"  # พ.ศ.๒๕๖๗
    rf"|(?:{_D}{{1,2}} )?(?:{_MONTHS}) {_D}{{2,4}}(?!{_D})"  # ๒๗ ธันวาคม ๒๕๖๗
    rf"|{_WORDS})"
    rf"|(?<![A-Za-z0-9๐-๙]){_D}[0-9๐-๙.,/:]* (?:{_UNITS})"  # ๙๕ คะแนน
    rf"|(?:{_BEFORE}) {_D}[0-9๐-๙.,/]*"  # ร้อยละ ๘๐
    r"|[\u0e01-\u0e2e][\u0e30-\u0e4e]* ๆ"  # never at the beginning of a line
    r"|[^\s\-–/()]{1,16}(?:[-–][^\s\-–/()]{1,16})+"  # e-service: a hyphen at a line's end is lost in copying
)
_THAI_LETTER: Final = re.compile("[\u0e01-\u0e2e\u0e30-\u0e45\u0e47-\u0e4e\u0e50-\u0e59]")
BREAK: Final = "\u200b"
_HIDDEN: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]")


def visible(text: str) -> str:
    """``text`` without controls and characters that have no width: they would be copied though nobody sees them."""
    text = _HIDDEN.sub("", text)
    return "".join(
        letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cf"}
    )


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """``text`` as seen, in pieces; True with those that may not be parted at a line's end."""
    shown = visible(text)
    done = 0
    for match in _TOGETHER.finditer(shown):
        if len(match[0]) <= _LONGEST:
            word = match.lastgroup == "word"
            yield shown[done : match.start()] + (_gap(shown, match.start()) if word else ""), False
            yield match[0], True
            yield _gap(shown, match.end()) if word else "", False
            done = match.end()
    yield shown[done:], False


def _gap(text: str, at: int) -> str:
    """Where two words touch, the break that the element's edge would hide; it has no glyph and is not copied."""
    touching = 0 < at < len(text) and _THAI_LETTER.match(text[at - 1]) and _THAI_LETTER.match(text[at])
    return BREAK if touching else ""

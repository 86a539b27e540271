"""The sentences a new report starts with: the usual words of such a memorandum, from facts alone. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from measures.dates import long_date
from measures.thai import thai_digits

CLOSING = "จึงเรียนมาเพื่อโปรดทราบ"

_SCORED = (
    "ที่ได้ประกาศผลคะแนนการประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปีงบประมาณ พ.ศ.{year} ของ{agency}"
    " โดยมีระดับผลคะแนนการประเมินที่ {score} คะแนน"
)
_COMPARED = " ระดับผลคะแนน{compared}ค่าเป้าหมายที่กำหนดเกณฑ์ไว้ คือ {target} คะแนน"
_AIM = (
    "เพื่อให้การเตรียมการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของ{agency} ในปีงบประมาณ พ.ศ. {next_year}"
    " เป็นไปด้วยความเรียบร้อยอยู่ในระดับที่ดีเยี่ยมและบรรลุค่าเป้าหมาย"
    " โดยมีเป้าหมายหลักให้หน่วยงานมีความโปร่งใสปลอดการทุจริตและประพฤติมิชอบ นั้น"
)
_FACTS = (
    "ในการนี้ เพื่อแสดงความก้าวหน้าหรือผลการดำเนินการตามมาตรการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงานไปสู่การปฏิบัติ"
    "อย่างเป็นรูปธรรม โดยนำข้อมูลรายละเอียดที่ได้จากการวิเคราะห์ประเด็นที่เป็นข้อบกพร่อง/จุดอ่อนที่จะต้องแก้ไข "
    "หรือประเด็นที่จะต้องพัฒนาให้ดีขึ้นที่มีความสอดคล้องกับการประเมินคุณธรรมและความโปร่งใส "
    "และกำหนดแนวทางการนำผลวิเคราะห์ไปสู่การปฏิบัติหรือมาตรการเพื่อขับเคลื่อนการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงานให้ดีขึ้น "
    "ดังมีรายละเอียดประกอบด้วย"
)
_FACT_ITEMS = (
    "กำหนดมาตรการหรือกิจกรรมที่ดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    "สรุปผลการดำเนินการตามมาตรการ",
    "แสดงผลลัพธ์หรือความสำเร็จของการดำเนินการ",
)
_PROPOSAL = (
    "จึงเรียนมาเพื่อทราบผลการดำเนินงาน ตามรายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสของ{agency}"
    " ประจำปีงบประมาณ พ.ศ.{year} รายละเอียดตามเอกสารที่แนบมาพร้อมนี้"
)


@dataclass(frozen=True)
class Facts:
    """What the portal knows. ``year`` is in the Buddhist era, scores are 0-100, None where not known."""

    agency: str
    year: int
    score: Decimal | None = None
    target: Decimal | None = None
    refers_number: str = ""
    refers_date: date | None = None
    refers_subject: str = ""
    thai_digits: bool = True


@dataclass(frozen=True)
class Text:
    """A section of the memorandum: its heading, its paragraphs, and typed lines of items below them."""

    title: str
    body: str
    items: str = ""


def subject(facts: Facts) -> str:
    """เรื่อง."""
    year = _digits(facts)(str(facts.year))
    return f"รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสของ{facts.agency} ประจำปีงบประมาณ พ.ศ.{year}"


def table_titles(facts: Facts) -> tuple[str, str]:
    """The two lines over the table."""
    return (
        f"รายงานผลการดำเนินงานตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ของสำนักงาน{facts.agency}",
        f"ประจำปีงบประมาณ พ.ศ.{_digits(facts)(str(facts.year))}",
    )


def sections(facts: Facts) -> tuple[Text, Text, Text]:
    """เรื่องเดิม, ข้อเท็จจริง, ข้อเสนอแนะเพื่อพิจารณา; the same facts give the same words."""
    digits = _digits(facts)
    items = "\n".join(f"{digits(str(n))}. {item}" for n, item in enumerate(_FACT_ITEMS, 1))
    return (
        Text("เรื่องเดิม", _background(facts)),
        Text("ข้อเท็จจริง", _FACTS, items),
        Text("ข้อเสนอแนะเพื่อพิจารณา", _PROPOSAL.format(agency=facts.agency, year=digits(str(facts.year)))),
    )


def _background(facts: Facts) -> str:
    digits = _digits(facts)
    aim = _AIM.format(agency=facts.agency, next_year=digits(str(facts.year + 1)))
    earlier, scored = _earlier(facts), _scored(facts)
    if not earlier and not scored:
        return aim
    if not scored:
        return f"{earlier} ความแจ้งแล้ว ดังนั้น {aim}"
    if not earlier:
        return f"ตามที่ สำนักงาน ป.ป.ช. {scored.removeprefix('ที่')} ดังนั้น {aim}"
    return f"{earlier} ซึ่งได้ดำเนินการตามข้อเสนอแนะของ สำนักงาน ป.ป.ช. {scored} ดังนั้น {aim}"


def _earlier(facts: Facts) -> str:
    if not facts.refers_number:
        return ""
    words = [f"ตามบันทึกข้อความ ที่ {facts.refers_number}"]
    if facts.refers_date:
        words.append(f"ลงวันที่ {_digits(facts)(long_date(facts.refers_date))}")
    if facts.refers_subject:
        words.append(f"เรื่อง {facts.refers_subject}")
    return " ".join(words)


def _scored(facts: Facts) -> str:
    if facts.score is None:
        return ""
    digits = _digits(facts)
    said = _SCORED.format(
        year=digits(str(facts.year)), agency=facts.agency, score=digits(_plain(facts.score))
    )
    if facts.target is None:
        return said
    compared = _compared(facts.score, facts.target)
    return said + _COMPARED.format(compared=compared, target=digits(_plain(facts.target)))


def _compared(score: Decimal, target: Decimal) -> str:
    if score == target:
        return "เท่ากับ"
    return "สูงกว่า" if score > target else "ต่ำกว่า"


def _plain(number: Decimal) -> str:
    """99.76, and 95 for 95.00."""
    return (
        str(number).rstrip("0").rstrip(".")
        if number == number.to_integral_value() and "." in str(number)
        else str(number)
    )


def _digits(facts: Facts) -> Callable[[str], str]:
    return thai_digits if facts.thai_digits else str

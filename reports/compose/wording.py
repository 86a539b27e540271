"""The sentences a new report starts with: the usual words of such a memorandum, from facts alone. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from measures.dates import MONTHS, long_date, month_year
from measures.thai import thai_digits
from reports.choices import Kind
from reports.span import Span

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
    " {stretch} รายละเอียดตามเอกสารที่แนบมาพร้อมนี้"
)

# A report of a part of the year: no score is known yet, so that nothing is said of one.
_FOLLOWED = (
    "{agency}ได้กำหนดมาตรการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {year}"
    " และให้หน่วยงานผู้รับผิดชอบรายงานผลการดำเนินการเป็นระยะ เพื่อกำกับติดตามให้การดำเนินการเป็นไปตามมาตรการและบรรลุเป้าหมายที่กำหนดไว้ นั้น"
)
_GATHERED = (
    "ในการนี้ เพื่อแสดงความก้าวหน้าของการดำเนินการตามมาตรการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงานไปสู่การปฏิบัติ"
    "อย่างเป็นรูปธรรม จึงได้รวบรวมผลการดำเนินการที่หน่วยงานผู้รับผิดชอบรายงานใน{stretch} ดังมีรายละเอียดประกอบด้วย"
)
_GATHERED_ITEMS = (
    "มาตรการหรือกิจกรรมที่ดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    "สรุปผลการดำเนินการตามมาตรการใน{name}",
    "แสดงความก้าวหน้าของการดำเนินการตามมาตรการ",
)


@dataclass(frozen=True)
class Facts:
    """What the portal knows. ``year`` is in the Buddhist era, scores are 0-100, None where not known.

    ``kind`` and ``part`` say which stretch of the year the report is about.
    """

    agency: str
    year: int
    score: Decimal | None = None
    target: Decimal | None = None
    refers_number: str = ""
    refers_date: date | None = None
    refers_subject: str = ""
    thai_digits: bool = True
    kind: Kind = Kind.ANNUAL
    part: int = 0


@dataclass(frozen=True)
class Text:
    """A section of the memorandum: its heading, its paragraphs, and typed lines of items below them."""

    title: str
    body: str
    items: str = ""


def subject(facts: Facts) -> str:
    """เรื่อง."""
    return f"รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสของ{facts.agency} {stretch(facts)}"


def table_titles(facts: Facts) -> tuple[str, str]:
    """The two lines over the table."""
    return (
        f"รายงานผลการดำเนินงานตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ของสำนักงาน{facts.agency}",
        stretch(facts),
    )


def stretch(facts: Facts) -> str:
    """What the report is about, as official letters say it.

    "ประจำปีงบประมาณ พ.ศ.๒๕๖๗" as the form has it; "ไตรมาสที่ ๑ (ตุลาคม – ธันวาคม ๒๕๖๘) ประจำปีงบประมาณ พ.ศ. ๒๕๖๙".
    """
    year = _digits(facts)(str(facts.year))
    if facts.kind is Kind.ANNUAL:
        return f"ประจำปีงบประมาณ พ.ศ.{year}"
    return f"{_round(facts)} ({_months(facts)}) ประจำปีงบประมาณ พ.ศ. {year}"


def sections(facts: Facts) -> tuple[Text, Text, Text]:
    """เรื่องเดิม, ข้อเท็จจริง, ข้อเสนอแนะเพื่อพิจารณา; the same facts give the same words."""
    digits = _digits(facts)
    items = "\n".join(f"{digits(str(n))}. {item}" for n, item in enumerate(_items(facts), 1))
    annual = facts.kind is Kind.ANNUAL
    return (
        Text("เรื่องเดิม", _background(facts) if annual else _followed(facts)),
        Text("ข้อเท็จจริง", _FACTS if annual else _GATHERED.format(stretch=stretch(facts)), items),
        Text("ข้อเสนอแนะเพื่อพิจารณา", _PROPOSAL.format(agency=facts.agency, stretch=stretch(facts))),
    )


def _items(facts: Facts) -> tuple[str, ...]:
    if facts.kind is Kind.ANNUAL:
        return _FACT_ITEMS
    return tuple(item.format(name=_round(facts)) for item in _GATHERED_ITEMS)


def _round(facts: Facts) -> str:
    words = "รอบ 6 เดือน" if facts.kind is Kind.HALF else f"ไตรมาสที่ {facts.part}"
    return _digits(facts)(words)


def _months(facts: Facts) -> str:
    """ "ตุลาคม – ธันวาคม ๒๕๖๘"; both years where they differ."""
    span = Span(facts.year, facts.kind, facts.part)
    first = MONTHS[span.starts.month - 1] if span.starts.year == span.ends.year else month_year(span.starts)
    return _digits(facts)(f"{first} – {month_year(span.ends)}")


def _followed(facts: Facts) -> str:
    said = _FOLLOWED.format(agency=facts.agency, year=_digits(facts)(str(facts.year)))
    earlier = _earlier(facts)
    return f"{earlier} ความแจ้งแล้ว และ{said}" if earlier else f"ตามที่{said}"


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
    side = compared(facts.score, facts.target)
    return said + _COMPARED.format(compared=side, target=digits(_plain(facts.target)))


def compared(score: Decimal, target: Decimal) -> str:
    """On which side of its target a score is, in words."""
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

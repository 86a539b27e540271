"""You come here for the last pages of a sealed document: who signed it, when and how, and how anybody checks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from measures.thai import thai_digits
from reports.content import Act, Content, Mark
from reports.document import layout
from reports.document.paragraphs import Face, Line, Setter
from reports.document.qr import code_of
from reports.document.sheet import CM, Pages, PlacedCode, Sheet
from reports.document.stamp import checked_at
from reports.document.structure import Element

TITLE: Final = "บันทึกการลงนามทางอิเล็กทรอนิกส์"

_TITLE: Final = Face(20, 24, bold=True)
_HEADING: Final = Face(16, 18.1, bold=True)
_TEXT: Final = Face(15, 17)
_NAME: Final = Face(15, 17, bold=True)
_FINE: Final = Face(12, 13.6)
_CODE: Final = Face(26, 30, bold=True)
_RUNNING: Final = Face(14, 18.1)

_QR: Final = 3.4 * CM
_LABELS: Final = 3.3 * CM
_AROUND_QR: Final = 0.6 * CM
_ORDERS: Final = 1.6 * CM
_ACT_LABELS: Final = 3.5 * CM
_RULE: Final = 0.5
_ABOVE_RULE, _BELOW_RULE = 5.0, 4.0
_ABOVE_HEADING, _BELOW_HEADING = 12.0, 3.0
_BETWEEN: Final = 3.0
_NUMBERS: Final = 0.9 * CM


def sheets(
    content: Content, acts: tuple[Act, ...], mark: Mark | None, setter: Setter, structure: Element
) -> list[Sheet]:
    """The pages of the log of ``acts`` on the document with this ``mark``; ``structure`` gets how it is read aloud."""
    pages = _LogPages(setter, structure, content)
    log = _Log(pages, content, mark)
    log.head(acts)
    pages.heading("ลำดับการลงนาม")
    for act in acts:
        log.act(act)
    log.explain()
    return pages.sheets


class _LogPages(Pages):
    """Where the log's next line will stand."""

    size = 21 * CM, 29.7 * CM
    left, width = 3 * CM, 16 * CM
    bottom = (29.7 - 2) * CM
    number_top = 1.4 * CM

    def __init__(self, setter: Setter, structure: Element, content: Content) -> None:
        self.top = 2 * CM
        self._running = setter.lines(f"{TITLE} {layout.continued(content)}", _RUNNING, self.width)
        super().__init__(setter, structure, draft=False, thai=content.thai_digits)

    def turn(self) -> None:
        again = bool(self.sheets)
        self.top = 2.6 * CM if again else self.top
        super().turn()
        if again:
            for line in self._running:
                self.put(line, self.left, self.y, _RUNNING)
                self.y += _RUNNING.pitch
            self.top = self.y = self.y + 2 * _BETWEEN

    def heading(self, text: str) -> None:
        """A heading, which stays with some lines below it."""
        self.make_room(_ABOVE_HEADING + _HEADING.pitch + 3 * _TEXT.pitch)
        if self.y > self.top:
            self.y += _ABOVE_HEADING
        self.flow(self.setter.lines(text, _HEADING, self.width), _HEADING, 0, self.structure.add("H2"))
        self.y += _BELOW_HEADING

    def flow(self, lines: list[Line], face: Face, indent: float, element: Element) -> None:
        """``lines`` below each other, ``indent`` from the left, from page to page."""
        for line in lines:
            self.make_room(face.pitch)
            self.put(line, self.left + indent, self.y, face, element=element)
            self.y += face.pitch

    def rule(self) -> None:
        self.sheet.rules.append((self.left, self.y, self.width, _RULE))


@dataclass(frozen=True)
class _Entry:
    """A label, lines beside it, and how they look."""

    label: str
    lines: list[Line]
    face: Face = _TEXT

    @property
    def height(self) -> float:
        return max(_TEXT.pitch if self.label else 0, len(self.lines) * self.face.pitch)


class _Log:
    def __init__(self, pages: _LogPages, content: Content, mark: Mark | None) -> None:
        self._pages, self._content, self._mark = pages, content, mark

    def head(self, acts: tuple[Act, ...]) -> None:
        """The title, which document it is about, and the code to check it by."""
        pages = self._pages
        element = pages.structure.add("H1")
        for line in pages.setter.lines(TITLE, _TITLE, pages.width):
            pages.put_centred(line, pages.left, pages.width, pages.y, _TITLE, element)
            pages.y += _TITLE.pitch
        pages.y += 2 * _BETWEEN
        sheet, top = pages.sheet, pages.y
        self._put_facts(self._facts(acts), _TEXT, pages.width - (_QR + _AROUND_QR if self._mark else 0))
        if self._mark:
            self._put_code(sheet, top, self._mark)
        self._put_facts(self._hashes(), _FINE, pages.width)
        if self._mark:
            self._put_words(self._mark)

    def _put_facts(self, facts: Iterator[tuple[str, str]], face: Face, width: float) -> None:
        pages = self._pages
        for label, text in facts:
            if lines := pages.setter.lines(text, face, width - _LABELS):
                self._entry(_Entry(label, lines, face), 0, _LABELS, pages.structure.add("P"))

    def _facts(self, acts: tuple[Act, ...]) -> Iterator[tuple[str, str]]:
        content, memo, mark = self._content, self._content.memorandum, self._mark
        yield "หน่วยงาน", content.agency.name
        yield "เอกสาร", f"บันทึกข้อความ {memo.section}"
        yield "ที่", memo.number
        yield "ลงวันที่", layout.date_printed(content)
        yield "เรื่อง", memo.subject
        yield "ฉบับที่", mark.revision if mark else ""
        yield "การลงนาม", self._digits(f"{len(acts)} ลำดับ รวมผู้จัดทำ")

    def _hashes(self) -> Iterator[tuple[str, str]]:
        yield "ค่าแฮชของเนื้อหา", self._content.sha256()
        yield "ค่าแฮชของไฟล์เสนอ", self._mark.presented_sha256 if self._mark else ""

    def _put_code(self, sheet: Sheet, top: float, mark: Mark) -> None:
        """The code at the right of the facts."""
        pages, x = self._pages, self._pages.left + self._pages.width - _QR
        figure = pages.structure.add("Figure", alt=f"คิวอาร์โค้ดสำหรับตรวจสอบเอกสาร เปิดที่อยู่ {mark.url}")
        sheet.codes.append(PlacedCode(code_of(mark.url), x, top + _BETWEEN, _QR, figure))
        if pages.sheet is sheet:
            pages.y = max(pages.y, top + _QR + 3 * _BETWEEN)

    def _put_words(self, mark: Mark) -> None:
        """What the code says, large, and the address it opens."""
        pages = self._pages
        pages.y += 2 * _BETWEEN
        pages.make_room(_ABOVE_RULE + _CODE.pitch + 2 * _TEXT.pitch)
        pages.rule()
        pages.y += _BELOW_RULE
        (label,) = pages.setter.lines("รหัสยืนยันเอกสาร", _HEADING)
        lines = pages.setter.lines(mark.code, _CODE)
        element = pages.structure.add("P")
        lowered = pages.setter.baseline(_CODE) - pages.setter.baseline(_HEADING)
        pages.put(label, pages.left, pages.y + lowered, _HEADING, element=element)
        for line in lines:
            pages.put(line, pages.left + label.width + 3 * _BETWEEN, pages.y, _CODE, element=element)
        pages.y += _CODE.pitch
        address = pages.setter.lines(f"ตรวจสอบเอกสารได้ที่ {mark.url}", _TEXT, pages.width)
        pages.flow(address, _TEXT, 0, pages.structure.add("P"))
        pages.y += _ABOVE_RULE
        pages.rule()

    def act(self, act: Act) -> None:
        """One signature: its place in the order, who, then what, when and how; whole on a page where it fits."""
        pages, room = self._pages, self._pages.width - _ORDERS
        entries = [
            _Entry(label, lines, face)
            for label, text, face in _of(act)
            if (lines := pages.setter.lines(text, face, room - (_ACT_LABELS if label else 0)))
        ]
        height = _BELOW_RULE + sum(entry.height for entry in entries)
        if height <= pages.bottom - pages.top:
            pages.make_room(height)
        pages.rule()
        pages.y += _BELOW_RULE
        listed = self._acts.add("LI")
        order, body = listed.add("Lbl"), listed.add("LBody")
        for line in pages.setter.lines(act.order, _NAME, _ORDERS)[:1]:
            pages.put(line, pages.left, pages.y, _NAME, element=order)
        for entry in entries:
            self._entry(entry, _ORDERS, _ORDERS + (_ACT_LABELS if entry.label else 0), body.add("P"))
        pages.y += _ABOVE_RULE

    @property
    def _acts(self) -> Element:
        last = self._pages.structure.children[-1]
        return last if last.role == "L" else self._pages.structure.add("L", numbering="Decimal")

    def _entry(self, entry: _Entry, left: float, indent: float, element: Element) -> None:
        """A label at ``left`` and its lines at ``indent``, read as one paragraph."""
        pages = self._pages
        pages.make_room(entry.face.pitch)
        end = pages.y + entry.height
        sheet = pages.sheet
        if entry.label:
            (label,) = pages.setter.lines(entry.label, _TEXT)
            pages.put(label, pages.left + left, pages.y, _TEXT, element=element)
            # Small letters on the baseline of their label.
            pages.y += max(0.0, pages.setter.baseline(_TEXT) - pages.setter.baseline(entry.face))
        pages.flow(entry.lines, entry.face, indent, element)
        if pages.sheet is sheet:
            pages.y = max(pages.y, end)

    def explain(self) -> None:
        """What kind of signatures these are under the law, and how anybody checks the file."""
        pages = self._pages
        pages.rule()
        pages.heading("ลายมือชื่ออิเล็กทรอนิกส์ในเอกสารนี้")
        for text in _KIND:
            pages.flow(
                pages.setter.lines(self._digits(text), _TEXT, pages.width), _TEXT, 0, pages.structure.add("P")
            )
            pages.y += _BETWEEN
        pages.heading("วิธีตรวจสอบเอกสาร")
        listed = pages.structure.add("L", numbering="Decimal")
        for number, text in enumerate(self._checks(), 1):
            item = listed.add("LI")
            lines = pages.setter.lines(text, _TEXT, pages.width - _NUMBERS)
            pages.make_room(min(2, len(lines)) * _TEXT.pitch)
            (marker,) = pages.setter.lines(self._digits(f"{number}."), _TEXT)
            pages.put(marker, pages.left, pages.y, _TEXT, element=item.add("Lbl"))
            pages.flow(lines, _TEXT, _NUMBERS, item.add("LBody"))
            pages.y += _BETWEEN

    def _checks(self) -> Iterator[str]:
        if self._mark:
            yield (
                f"กระดาษ: สแกนคิวอาร์โค้ด หรือเปิด {checked_at(self._mark)} แล้วพิมพ์รหัส {self._mark.code} "
                "ระบบจะแจ้งว่าเอกสารนี้เป็นฉบับปัจจุบัน มีฉบับใหม่ใช้แทน หรือถอนการเผยแพร่แล้ว "
                "จากนั้นให้เทียบข้อความบนกระดาษกับต้นฉบับที่เปิดจากหน้านั้น"
            )
            yield (
                f"ไฟล์: เปิด {checked_at(self._mark)} แล้วเลือกไฟล์ โปรแกรมในเครื่องของท่านจะคำนวณค่าแฮชและเทียบกับต้นฉบับ "
                "โดยไม่ส่งไฟล์ออกจากเครื่อง ไฟล์ที่ต่างจากต้นฉบับแม้เพียงไบต์เดียวจะมีค่าแฮชต่างกัน"
            )
        yield (
            "เนื้อหา: ไฟล์ PDF นี้มีเนื้อหารายงานทั้งฉบับแนบอยู่ภายในเป็นไฟล์ JSON "
            "ซึ่งค่าแฮช SHA-256 ต้องตรงกับค่าแฮชของเนื้อหาที่ระบุข้างต้น"
        )
        yield (
            "ค่าแฮชที่ผู้ลงนามเห็น: คือค่าแฮช SHA-256 ของข้อความที่ประกอบด้วยค่าแฮชของเนื้อหา เว้นวรรคหนึ่งช่อง "
            "และค่าแฮชของไฟล์เสนอ ทุกลำดับจึงต้องมีค่าตรงกัน"
        )
        yield (
            "ค่าแฮชของการลงนาม: ข้อความที่ใช้คำนวณอยู่ในไฟล์แนบ signatures.json ครบทุกลำดับ "
            "ข้อความของแต่ละลำดับระบุค่าแฮชของลำดับก่อนหน้า จึงแก้ไข แทรก หรือตัดลำดับใดออกโดยค่าแฮชที่ตามมายังตรงกันไม่ได้"
        )
        yield (
            "ตราประทับอิเล็กทรอนิกส์ของหน่วยงาน: หากไฟล์มีตราประทับ โปรแกรมอ่าน PDF จะแจ้งเมื่อไฟล์มีการแก้ไขหลังประทับ "
            "ตราประทับเป็นของหน่วยงาน มิใช่ลายมือชื่อของบุคคล"
        )

    def _digits(self, text: str) -> str:
        """``text`` in the agency's digits, but for the name of a standard."""
        return thai_digits(text).replace("SHA-๒๕๖", "SHA-256") if self._content.thai_digits else text


_KIND: Final = (
    "ระบบแสดงเอกสารต่อผู้ลงนามแต่ละคน ผู้ลงนามยืนยันตัวบุคคลด้วยวิธีที่ระบุไว้ในแต่ละลำดับ แล้วกดยืนยันข้อความที่ปรากฏด้วยตนเอง "
    "ระบบบันทึกชื่อ ตำแหน่ง วันเวลา ข้อความที่ยืนยัน และค่าแฮช (SHA-256) ของสิ่งที่ผู้ลงนามเห็นในขณะนั้น "
    "ค่าแฮชของการลงนามแต่ละลำดับคำนวณต่อเนื่องจากลำดับก่อนหน้า โดยไม่มีการเก็บภาพลายมือชื่อ",
    "การลงนามดังกล่าวเป็นลายมือชื่ออิเล็กทรอนิกส์ตามมาตรา 9 แห่งพระราชบัญญัติว่าด้วยธุรกรรมทางอิเล็กทรอนิกส์ พ.ศ. 2544 "
    "และที่แก้ไขเพิ่มเติม "
    "มิได้ใช้ใบรับรองอิเล็กทรอนิกส์ประจำตัวบุคคลตามมาตรา 28 และเอกสารนี้มิได้กล่าวอ้างว่าเป็นลายมือชื่ออิเล็กทรอนิกส์ที่เชื่อถือได้ตามมาตรา 26",
)


def _of(act: Act) -> Iterator[tuple[str, str, Face]]:
    """What is printed of a signature: labels, texts and how they look."""
    yield "", act.name, _NAME
    yield "", f"{act.acting} {act.position}".strip(), _TEXT
    yield "", f"ตาม{act.acting_order}" if act.acting_order else "", _TEXT
    yield "วันเวลา", act.at, _TEXT
    yield "ข้อความที่ยืนยัน", act.pressed, _TEXT
    yield "ความเห็น/ข้อสั่งการ", "" if act.words in act.pressed else act.words, _TEXT
    yield "ยืนยันตัวบุคคลด้วย", act.proof, _TEXT
    yield "ค่าแฮชของสิ่งที่เห็น", act.seen, _FINE
    yield "ค่าแฮชของการลงนาม", act.hash, _FINE

"""Who signs again reads word by word what changed since their own signature, and why all sign again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from measures.models import Appointment, Outcome, Person
from reports.compose.changes import changes
from reports.content import Content
from reports.models import Report, Revision
from reports.views.shown import words_of
from tests.conftest import browser, person
from tests.reports.conftest import give_back, send, sign

NOT_SHOWN = ("key", "uid", "size", "content_type", "format", "slug")
"""What tells things apart and is no text of the document; a file's bytes are in its hash."""
CLOSED = r"\.(kind|progress|source|part|fiscal_year|order)$|\.quarters\[\d\]\.number$"
"""Words of closed lists, the span, which is the report's own, and periods, which are known by their names."""


def page(someone: Person, revision: Revision) -> str:
    return browser(someone).get(reverse("revision", args=[revision.pk])).content.decode()


@pytest.fixture
def third(sent: Revision, report: Report, chain: list[Person], officer: Person) -> Revision:
    """The third revision: of the first two the head signed both, the director the first one only."""
    sign(sent, chain[1])
    sign(sent, chain[2])
    give_back(sent, chain[3], "ผลลัพธ์ยังไม่ครบ", places=["measure:m1"])
    Outcome.objects.update(body="- จัดทำคู่มือปฏิบัติงาน\n- เผยแพร่คู่มือ")
    second = send(report, officer)
    sign(second, chain[1])
    give_back(second, chain[2], "ผู้รับไม่ถูกต้อง", places=["document"])
    Report.objects.filter(pk=report.pk).update(addressee="นายกเทศมนตรี")
    return send(report, officer)


def test_each_sees_what_changed_since_their_own_signature(third: Revision, chain: list[Person]) -> None:
    head = page(chain[1], third)
    assert "สิ่งที่แก้ไขตั้งแต่ท่านลงนามฉบับที่ 2" in head
    assert "<ins>ปฏิบัติงาน</ins>" not in head
    sign(third, chain[1])
    director = page(chain[2], third)
    assert "สิ่งที่แก้ไขตั้งแต่ท่านลงนามฉบับที่ 1" in director
    assert "<ins>ปฏิบัติงาน</ins>" in director


def test_who_has_the_position_only_now_is_not_told_that_they_signed(
    third: Revision, chain: list[Person]
) -> None:
    newcomer = person(third.report.plan.agency, "newcomer", "ผู้มาใหม่")
    position = third.signoffs.get(order=1).position
    Appointment.objects.filter(position=position).update(ends=date(2024, 12, 1))
    Appointment.objects.create(position=position, person=newcomer, starts=date(2024, 12, 2))
    shown = page(newcomer, third)
    assert "ตั้งแต่ท่านลงนาม" not in shown
    assert "แก้ไขจากฉบับที่ 2" in shown


def test_the_page_says_who_signs_again_and_why(third: Revision, chain: list[Person]) -> None:
    sign(third, chain[1])
    shown = page(chain[2], third)
    assert "ลายมือชื่อในฉบับก่อนจึงใช้กับฉบับนี้ไม่ได้ ผู้ที่ต้องลงนามใหม่:" in shown
    assert "หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ (ลงนามใหม่แล้ว)" in shown
    assert "ส่งฉบับที่ 2 กลับแก้ไข ในส่วน: เอกสารทั้งฉบับ เหตุผล: “ผู้รับไม่ถูกต้อง”" in shown


def test_a_card_leads_to_returning_just_that_measure(sent: Revision, chain: list[Person]) -> None:
    address = f"{reverse('revision_return', args=[sent.pk])}?place=measure:m1"
    assert address in page(chain[1], sent)
    asked = browser(chain[1]).get(address).content.decode()
    assert asked.count("checked") == 1
    assert 'value="measure:m1" id="id_places_' in asked


def changed(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Copies of a frozen value, in each of which one thing is another."""
    if isinstance(value, tuple):
        for place, item in enumerate(value):
            for where, other in changed(item, f"{path}[{place}]"):
                yield where, (*value[:place], other, *value[place + 1 :])
    elif is_dataclass(value) and not isinstance(value, type):
        for name in (field.name for field in fields(value) if field.name not in NOT_SHOWN):
            for where, other in changed(getattr(value, name), f"{path}.{name}"):
                yield where, replace(value, **{name: other})
    elif not re.search(CLOSED, path) and value is not None:
        yield path, another(value)


def another(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, date):
        return value.replace(year=value.year + 1)
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}ใหม่"


def test_nothing_of_a_document_changes_unseen(sent: Revision) -> None:
    content = sent.read()
    others = list(changed(content))
    assert len(others) > 50
    unseen = [where for where, other in others if not changes(content, other)]
    assert unseen == []


def test_words_of_thai_are_compared_one_by_one() -> None:
    assert words_of("จัดทำคู่มือปฏิบัติงาน") == ["จัดทำ", "คู่มือ", "ปฏิบัติงาน"]


def test_an_unchanged_document_has_no_changes(sent: Revision) -> None:
    assert changes(sent.read(), Content.from_json(sent.content), words_of) == []


def test_the_page_that_the_letter_of_a_return_leads_to_names_the_places(
    sent: Revision, chain: list[Person]
) -> None:
    sign(sent, chain[1])
    give_back(sent, chain[2], "ผลลัพธ์ยังไม่ครบ", places=["measure:m1"])
    for someone in (chain[0], chain[1]):
        assert re.search(r"ส่วนที่ต้องแก้ไข: [^<]*การควบคุมการเบิกจ่าย 1", page(someone, sent))

"""A typed day is told back in words: while it is typed, beside it when the form comes again, and once it is saved."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from measures.models import Agency, Appointment, Person, Position
from tests.conftest import browser
from tests.measures.plans import a_group, a_plan

pytestmark = pytest.mark.django_db
COMMON_ERA = "ท่านพิมพ์ปี 2027 ระบบอ่านเป็นปี ค.ศ. และจะบันทึกเป็น วันที่ 30 กันยายน พ.ศ. 2570 หากไม่ถูกต้องกรุณาแก้ไข"
SAVED = "ระบบอ่าน &quot;30/9/70&quot; เป็น วันที่ 30 กันยายน พ.ศ. 2570 หากไม่ถูกต้องกรุณาแก้ไข"


@pytest.fixture
def desk(officer: Person) -> Client:
    return browser(officer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("30/09/2027", COMMON_ERA),
        ("30/09/2570", "ระบบอ่านเป็น วันที่ 30 กันยายน พ.ศ. 2570 (ค.ศ. 2027)"),
        ("29/02/2568", "วันที่ 29 กุมภาพันธ์ 2568 ไม่มีในปฏิทิน กรุณาตรวจสอบวัน เดือน ปี"),
        ("30 กันยายน 2570", ""),
        (" \u200b", ""),
    ],
)
def test_while_it_is_typed(desk: Client, typed: str, said: str) -> None:
    page = desk.get(reverse("date_reading"), {"due": typed}).content.decode()
    assert page.replace('<b class="invalid-feedback d-block">', "").replace("</b>", "").strip() == said


def test_beside_the_field_when_another_is_wrong(desk: Client, town: Agency, officer: Person) -> None:
    group = a_group(a_plan(town, officer), officer)
    page = desk.post(reverse("measure_new", args=[group.pk]), {"group": group.pk, "due": "30/09/2027"})
    assertContains(page, COMMON_ERA)


def test_once_a_measure_is_saved(desk: Client, town: Agency, officer: Person) -> None:
    group = a_group(a_plan(town, officer), officer)
    typed = {"group": group.pk, "title": "ควบคุมพัสดุ", "due": "30/9/70"}
    assertContains(desk.post(reverse("measure_new", args=[group.pk]), typed, follow=True), SAVED)


def test_once_somebody_is_appointed(administrator: Person, town: Agency) -> None:
    position = Position.objects.create(agency=town, title="ปลัดเทศบาล")
    typed = {"person": administrator.pk, "kind": "holder", "starts": "30/9/70"}
    page = browser(administrator).post(reverse("position", args=[position.pk]), typed, follow=True)
    assertContains(page, SAVED)
    assert Appointment.objects.get().starts.year == 2027


def test_a_year_typed_in_full_needs_no_words(desk: Client, town: Agency, officer: Person) -> None:
    group = a_group(a_plan(town, officer), officer)
    typed = {"group": group.pk, "title": "ควบคุมพัสดุ", "due": "30/9/2570"}
    page = desk.post(reverse("measure_new", args=[group.pk]), typed, follow=True)
    assert "ระบบอ่าน" not in page.content.decode()

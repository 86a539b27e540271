"""The agency's chain for each kind of report, and who holds a position or acts for it by which order."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from audit.models import Event
from measures.choices import Acting, ReportKind
from measures.models import Agency, Appointment, Person, Position
from tests.conftest import browser, person

pytestmark = pytest.mark.django_db


def rows(*positions: Position) -> dict[str, Any]:
    """A chain as its form sends it."""
    data: dict[str, Any] = {"form-TOTAL_FORMS": len(positions), "form-INITIAL_FORMS": len(positions)}
    for place, position in enumerate(positions):
        data |= {f"form-{place}-order": place, f"form-{place}-position": position.pk}
    return data


def order(who: Person, **other: str) -> dict[str, Any]:
    """An order to act as its form sends it."""
    return {
        "person": who.pk, "kind": Acting.ACTING_ABSENT, "order_issuer": "เทศบาลตำบลตัวอย่าง",
        "order_number": "412/2569", "order_date": "27 พฤศจิกายน 2569", "starts": "3 ธันวาคม 2569",
        "ends": "7 ธันวาคม 2569", **other,
    }  # fmt: skip


def test_a_kind_of_report_has_a_chain_of_its_own_beside_the_usual_one(
    town: Agency, administrator: Person, chain: list[Person]
) -> None:
    first, *_, last = town.positions.order_by("pk")
    url = reverse("chain_of_kind", args=[ReportKind.QUARTER])
    browser(administrator).post(url, rows(first, last))
    assert list(town.chain.filter(kind="quarter").values_list("order", "position__title")) == [
        (0, first.title),
        (1, last.title),
    ]
    assert town.chain.filter(kind="").count() == 6


def test_a_kind_without_a_chain_begins_with_the_usual_one(administrator: Person, chain: list[Person]) -> None:
    page = browser(administrator).get(reverse("chain_of_kind", args=["half"])).content.decode()
    assert len(re.findall(r'value="\d+" selected', page)) == 6


def seen(page: str) -> str:
    """The mark of the chain that a page shows."""
    (mark,) = set(re.findall(r'name="seen" value="([^"]+)"', page))
    return str(mark)


def test_the_second_of_two_who_change_a_chain_at_once_is_told(
    town: Agency, administrator: Person, chain: list[Person]
) -> None:
    desk, url = browser(administrator), reverse("chain_edit")
    first, _, third, *_ = positions = list(town.positions.order_by("pk"))
    shown = seen(desk.get(url).content.decode())
    desk.post(url, rows(*positions[:4]) | {"seen": shown})
    refused = desk.post(url, rows(first, third) | {"seen": shown})
    assert refused.status_code == 409
    assert "มีผู้แก้ไขลำดับการลงนามนี้หลังจากที่ท่านเปิดหน้านี้" in refused.content.decode()
    assert town.chain.count() == 4
    desk.post(url, rows(first, third) | {"seen": seen(refused.content.decode())})
    assert [link.position for link in town.chain.order_by("order")] == [first, third]


def test_a_chain_that_another_changed_is_not_removed_unseen(
    town: Agency, administrator: Person, chain: list[Person]
) -> None:
    desk, (first, second, *_, last) = browser(administrator), town.positions.order_by("pk")
    url = reverse("chain_of_kind", args=["half"])
    desk.post(url, rows(first, last))
    shown = seen(desk.get(url).content.decode())
    desk.post(url, rows(first, second, last) | {"seen": shown})
    assert desk.post(reverse("chain_remove", args=["half"]), {"seen": shown}).status_code == 409
    assert town.chain.filter(kind="half").count() == 3


def test_a_kind_takes_the_usual_chain_again(town: Agency, administrator: Person, chain: list[Person]) -> None:
    desk, (first, *_, last) = browser(administrator), town.positions.order_by("pk")
    desk.post(reverse("chain_of_kind", args=["half"]), rows(first, last))
    desk.post(reverse("chain_remove", args=["half"]))
    assert set(town.chain.values_list("kind", flat=True)) == {""}


def test_an_unknown_kind_is_not_found(administrator: Person) -> None:
    assert browser(administrator).get(reverse("chain_of_kind", args=["decade"])).status_code == 404


def test_the_change_of_a_chain_is_written_to_the_trail_with_its_kind(
    town: Agency, administrator: Person, chain: list[Person]
) -> None:
    first, *_, last = town.positions.order_by("pk")
    browser(administrator).post(reverse("chain_of_kind", args=["half"]), rows(first, last))
    details = Event.objects.get(act="chain.changed").details
    assert (details["kind"], details["positions"]) == ("half", [first.title, last.title])


def test_the_officer_records_an_order_to_act_and_goes_back_to_the_document(
    officer: Person, chain: list[Person]
) -> None:
    position = chain[5].appointments.get().position
    answer = browser(officer).post(
        reverse("acting_new", args=[position.pk]), order(chain[3], back="/desk/reports/")
    )
    made = position.appointments.get(person=chain[3])
    assert (answer["Location"], made.own_title, made.starts, made.ends) == (
        "/desk/reports/", "รองปลัดเทศบาล", date(2026, 12, 3), date(2026, 12, 7),
    )  # fmt: skip


def test_the_officer_makes_nobody_a_holder(officer: Person, chain: list[Person]) -> None:
    position = chain[5].appointments.get().position
    url = reverse("acting_new", args=[position.pk])
    answer = browser(officer).post(url, order(chain[3], kind=Acting.HOLDER))
    assert (answer.status_code, position.appointments.count()) == (400, 1)


def test_an_order_leads_back_to_no_other_host(officer: Person, chain: list[Person]) -> None:
    position = chain[5].appointments.get().position
    url = reverse("acting_new", args=[position.pk])
    for back in ("//elsewhere.example/", "https://elsewhere.example/desk/", "/desk/\\elsewhere.example"):
        answer = browser(officer).post(url, order(chain[3], back=back))
        assert answer["Location"].startswith("/desk/")
        assert "elsewhere" not in answer["Location"] or "\\" in back


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("order_issuer", "กรุณาระบุผู้ออกคำสั่ง"),
        ("order_number", "การรักษาราชการแทนต้องมีคำสั่ง"),
        ("order_date", "กรุณาระบุวันที่ของคำสั่ง"),
        ("ends", "กรุณาระบุวันสิ้นสุดของคำสั่ง"),
    ],
)
def test_an_order_is_complete(officer: Person, chain: list[Person], missing: str, sentence: str) -> None:
    position = chain[5].appointments.get().position
    answer = browser(officer).post(
        reverse("acting_new", args=[position.pk]), order(chain[3], **{missing: ""})
    )
    assert sentence in answer.content.decode()


def test_nobody_acts_for_themselves(officer: Person, chain: list[Person]) -> None:
    position = chain[5].appointments.get().position
    answer = browser(officer).post(reverse("acting_new", args=[position.pk]), order(chain[5]))
    assert "ดำรงตำแหน่งนี้อยู่แล้ว" in answer.content.decode()


def test_orders_to_act_may_overlap(officer: Person, chain: list[Person]) -> None:
    position = chain[5].appointments.get().position
    for deputy in chain[3:5]:
        browser(officer).post(reverse("acting_new", args=[position.pk]), order(deputy))
    assert position.appointments.exclude(kind=Acting.HOLDER).count() == 2


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("1 มกราคม 2569", ""), ("1 มกราคม 2568", "31 มีนาคม 2569"), ("30 กันยายน 2569", "30 กันยายน 2570")],
)
def test_two_never_hold_a_position_on_the_same_day(
    town: Agency, administrator: Person, starts: str, ends: str
) -> None:
    mayor = Position.objects.create(agency=town, title="นายกเทศมนตรี")
    present, other = person(town, "present"), person(town, "other")
    Appointment.objects.create(
        position=mayor, person=present, starts=date(2026, 1, 1), ends=date(2026, 9, 30)
    )
    answer = browser(administrator).post(
        reverse("position", args=[mayor.pk]),
        {"person": other.pk, "kind": "holder", "starts": starts, "ends": ends},
    )
    assert "ซึ่งซ้อนกับวันที่ที่กรอก" in answer.content.decode()
    assert mayor.appointments.count() == 1

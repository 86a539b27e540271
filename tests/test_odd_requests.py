"""What people and machines send that no form of ours would: each is answered in words, and nothing is half done."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audit.models import Event
from measures.models import Agency, Appointment, MeasureGroup, Outcome, Person, Plan, Position, Unit
from measures.views import once
from tests.conftest import browser
from tests.reports.conftest import plan  # noqa: F401 -- a fixture, asked for below by name

pytestmark = pytest.mark.django_db
KEY = "3b241101-e2bb-4255-8caf-4136c566a962"
HEADERS = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")


def words(answer: Any) -> str:
    return str(answer.content.decode())


# --- the same request again ---------------------------------------------------------------------------------------


def test_what_was_typed_after_going_back_is_another_act(plan: Plan, officer: Person) -> None:  # noqa: F811
    client, url = browser(officer), reverse("group_new", args=[plan.fiscal_year])
    for title in ("ข้อความแรก", "ข้อความหลังกดย้อนกลับ"):
        client.post(url, {"title": title, "request_key": KEY})
    assert {"ข้อความแรก", "ข้อความหลังกดย้อนกลับ"} <= set(plan.groups.values_list("title", flat=True))


def test_a_save_from_a_page_gone_back_to_is_told_that_it_is_stale(plan: Plan, officer: Person) -> None:  # noqa: F811
    measure = plan.measures.get()
    client, url = browser(officer), reverse("outcome", args=[measure.pk])
    sent = {"version": Outcome.objects.get(measure=measure).version, "request_key": KEY}
    client.post(url, {"body": "- แรก", **sent})
    answer = client.post(url, {"body": "- หลังกดย้อนกลับ", **sent})
    assert (answer.status_code, Outcome.objects.get(measure=measure).body) == (409, "- แรก")
    assert "- หลังกดย้อนกลับ" in words(answer)


def test_deleting_twice_with_one_click_has_one_answer(plan: Plan, officer: Person) -> None:  # noqa: F811
    group = MeasureGroup.objects.create(plan=plan, key="x", position=9)
    client, url = browser(officer), reverse("group_delete", args=[group.pk])
    answers = [client.post(url, {"request_key": KEY}) for _ in range(2)]
    assert {a["Location"] for a in answers} == {reverse("plan_edit", args=[plan.fiscal_year])}
    assert Event.objects.filter(act="group.deleted").count() == 1
    assert not Event.objects.filter(act="access.refused").exists()


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("unit_new", {"name": "กองใหม่"}),
        ("position_new", {"title": "ตำแหน่งใหม่"}),
        ("person_new", {"full_name": "ก ข", "username": "newcomer"}),
    ],
)
def test_adding_twice_with_one_click_has_one_answer(
    name: str, sent: dict[str, str], administrator: Person
) -> None:
    client = browser(administrator)
    answers = [client.post(reverse(name), {**sent, "request_key": KEY}) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]


def test_nobody_gets_the_answer_to_anothers_request(plan: Plan, officer: Person, stranger: Person) -> None:  # noqa: F811
    group = MeasureGroup.objects.create(plan=plan, key="x", position=9)
    url = reverse("group_delete", args=[group.pk])
    browser(officer).post(url, {"request_key": KEY})
    assert browser(stranger).post(url, {"request_key": KEY}).status_code == 404


def test_a_name_taken_at_the_same_moment_is_told_in_the_form(
    administrator: Person, town: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other administrator's unit is written between the check of the form and the act."""

    def late(*arguments: Any) -> Any:
        monkeypatch.undo()
        Unit.objects.create(agency=town, name="กองช่าง")
        return once.once(*arguments)

    monkeypatch.setattr("measures.views.setup.once", late)
    answer = browser(administrator).post(reverse("unit_new"), {"name": "กองช่าง", "request_key": KEY})
    assert "มีส่วนราชการชื่อนี้ในสังกัดเดียวกันแล้ว" in words(answer)
    assert Unit.objects.count() == 1


@pytest.mark.parametrize("name", ["group_move", "group_delete", "measure_move", "measure_delete"])
def test_what_another_deletes_at_the_same_moment_is_not_found(
    plan: Plan,  # noqa: F811
    officer: Person,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """The other officer's act comes between the look-up and the act."""
    measure = plan.measures.get()
    thing = measure if name.startswith("measure") else MeasureGroup.objects.create(plan=plan, position=9)

    def late(*arguments: Any) -> Any:
        monkeypatch.undo()
        type(thing).objects.get(pk=thing.pk).delete()
        return once.once(*arguments)

    monkeypatch.setattr("measures.views.structure.once", late)
    answer = browser(officer).post(reverse(name, args=[thing.pk]), {"direction": "up", "request_key": KEY})
    assert answer.status_code == 404
    assert not Event.objects.filter(act__endswith="deleted").exists()


# --- what cannot be read --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["9" * 5000, "9" * 20, "-1", "\x00", "๒๕๖๘", "²", ""])
def test_a_year_that_is_none_is_not_found(officer: Person, year: str) -> None:
    assert browser(officer).post(reverse("report_start"), {"fiscal_year": year}).status_code == 404


@pytest.mark.parametrize("unit", ["9223372036854775808", "9" * 5000, "\x00", "-1", "x"])
def test_a_unit_that_no_database_can_hold_is_an_error_of_the_field(
    administrator: Person, finance: Unit, unit: str
) -> None:
    sent = {"full_name": "ก", "username": "somebody", "units": unit}
    answer = browser(administrator).post(reverse("person_new"), sent)
    assert "ไม่พบส่วนราชการที่เลือก" in words(answer)


@pytest.mark.parametrize("charset", ["utf-16", "idna", "tis-620"])
def test_a_form_in_another_encoding_is_refused(officer: Person, charset: str) -> None:
    answer = browser(officer).post(
        "/desk/plans/new/", b"fiscal_year=2571", f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert answer.status_code == 400
    assert "ระบบรับไม่ได้" in words(answer)


def test_a_nul_in_a_cookie_is_refused(db: None) -> None:
    answer = Client(headers={"cookie": r'sessionid="\000aaaaaaaaaaaa"'}).get("/desk/")
    assert (answer.status_code, "ระบบรับไม่ได้" in words(answer)) == (400, True)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"body": "ก" * 2_000_000}, "ยาวเกิน 5 MB"),
        ({"files": [SimpleUploadedFile("ก.pdf", b"%PDF") for _ in range(101)]}, "ไม่เกิน 100 ไฟล์"),
        ({f"field-{n}": "" for n in range(1_001)}, "ไม่เกิน 1,000 ช่อง"),
    ],
)
def test_too_much_at_once_is_told_in_words(officer: Person, sent: dict[str, Any], sentence: str) -> None:
    client = browser(officer)
    answer = client.post("/desk/plans/new/", sent)
    assert (answer.status_code, sentence in words(answer)) == (413, True)


def test_the_address_of_a_button_opens_as_a_page_that_says_so(officer: Person) -> None:
    answer = browser(officer).get(reverse("report_start"))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "โดยตรงไม่ได้" in words(answer)


@pytest.mark.parametrize(
    "address", ["/", "/x/2568/", "/x%00", "/desk/", "/desk/reports/start/", "/accounts/login/"]
)
@pytest.mark.parametrize("host", ["localhost", "evil.example"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "TRACE"])
def test_every_answer_carries_the_guarding_headers(db: None, address: str, host: str, method: str) -> None:
    answer = Client(headers={"host": host}).generic(method, address)
    assert [name for name in HEADERS if name not in answer] == []


def test_no_proxy_keeps_a_page_of_the_desk(officer: Person) -> None:
    assert browser(officer).get(reverse("reports"))["Cache-Control"] == "private, no-cache"


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("username", "สมหญิง ใจดี", "ใช้ได้เฉพาะตัวอักษรอังกฤษ ตัวเลข และ . - _ ไม่เว้นวรรค"),
        ("username", "a" * 151, "เกินที่รับได้ (150 ตัวอักษร)"),
        ("email", "a" * 250 + "@tuayang.example", "เกินที่รับได้ (254 ตัวอักษร)"),
        ("email", "ไม่ใช่อีเมล", "อ่านอีเมลไม่ได้"),
        ("email", "a\x00@tuayang.example", "มีอักขระที่ระบบรับไม่ได้"),
    ],
)
def test_particulars_of_a_person_are_corrected_in_thai(
    administrator: Person, name: str, value: str, sentence: str
) -> None:
    sent = {"full_name": "ก", "username": "somebody", name: value}
    answer = browser(administrator).post(reverse("person_new"), sent)
    assert sentence in words(answer)


def test_a_form_of_rows_that_came_without_their_number_is_explained(administrator: Person) -> None:
    answer = browser(administrator).post(reverse("chain_edit"), {"form-0-words": "ทราบ"})
    assert "แบบฟอร์มส่งมาไม่ครบ" in words(answer)


def test_too_many_attempts_to_sign_in_are_told_in_thai(db: None, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "20/m/ip"}
    for _ in range(30):
        answer = Client().post("/accounts/login/", {"login": "x", "password": "x"})
    assert (answer.status_code, "กรุณารอสักครู่" in words(answer)) == (429, True)


def test_a_term_that_has_ended_is_not_made_longer(administrator: Person, chain: list[Person]) -> None:
    term = Appointment.objects.filter(position=Position.objects.all()[1]).get()
    Appointment.objects.filter(pk=term.pk).update(ends="2021-01-01")
    answer = browser(administrator).post(reverse("appointment_end", args=[term.pk]))
    term.refresh_from_db()
    assert (answer.status_code, str(term.ends)) == (409, "2021-01-01")

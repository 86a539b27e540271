"""Signing in and out, passwords, and what the trail says of it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from measures.models import Letter, Person

pytestmark = pytest.mark.django_db


def sign_in(login: str, password: str) -> tuple[Client, str]:
    client = Client()
    answer = client.post("/accounts/login/", {"login": login, "password": password}, follow=True)
    return client, answer.content.decode()


@pytest.mark.parametrize("login", ["officer", "officer@tuayang.example", "OFFICER@tuayang.example"])
def test_people_sign_in_by_name_or_by_email(officer: Person, login: str) -> None:
    Person.objects.filter(pk=officer.pk).update(email="officer@tuayang.example")
    client, _ = sign_in(login, "officer")
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_a_wrong_password_is_answered_in_thai_and_says_nothing_of_the_account(officer: Person) -> None:
    wrong, unknown = sign_in("officer", "x")[1], sign_in("nobody", "x")[1]
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in wrong
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in unknown


def test_a_nul_in_the_name_is_an_error_of_the_field(officer: Person) -> None:
    client, page = sign_in("off\x00icer", "officer")
    assert "_auth_user_id" not in client.session
    assert "เข้าสู่ระบบ" in page


def test_a_closed_account_stays_out(officer: Person) -> None:
    Person.objects.filter(pk=officer.pk).update(is_active=False)
    client, _ = sign_in("officer", "officer")
    assert "_auth_user_id" not in client.session


def test_nobody_signs_themselves_up(db: None) -> None:
    answer = Client().post(
        "/accounts/signup/", {"username": "me", "password1": "ยาวพอแน่นอน-1", "password2": "ยาวพอแน่นอน-1"}
    )
    assert "ผู้ดูแลระบบของหน่วยงานเป็นผู้เปิดบัญชี" in answer.content.decode()
    assert not Person.objects.exists()


def test_signing_in_failing_and_out_are_in_the_trail(officer: Person) -> None:
    sign_in("officer", "wrong")
    client, _ = sign_in("officer", "officer")
    client.post("/accounts/logout/")
    acts = Event.objects.order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["person.sign_in_failed", "person.signed_in", "person.signed_out"]


def test_signing_out_needs_a_post(officer: Person) -> None:
    client, _ = sign_in("officer", "officer")
    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session


def test_a_reset_link_begins_with_the_configured_address_whatever_host_asks(officer: Person) -> None:
    Person.objects.filter(pk=officer.pk).update(email="officer@tuayang.example")
    Client(headers={"host": "127.0.0.1"}).post(
        "/accounts/password/reset/", {"email": "officer@tuayang.example"}
    )
    letter = Letter.objects.get()
    assert "http://localhost:8000/accounts/password/reset/key/" in letter.body
    assert (letter.address, letter.is_secret) == ("officer@tuayang.example", True)


def test_a_reset_for_an_unknown_address_gives_the_same_answer_and_no_letter(officer: Person) -> None:
    Person.objects.filter(pk=officer.pk).update(email="officer@tuayang.example")
    known = Client().post("/accounts/password/reset/", {"email": "officer@tuayang.example"})
    unknown = Client().post("/accounts/password/reset/", {"email": "x@tuayang.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.person for letter in Letter.objects.all()] == [officer]


def test_a_reset_asks_the_database_as_often_for_an_unknown_address(officer: Person) -> None:
    Person.objects.filter(pk=officer.pk).update(email="officer@tuayang.example")
    asked = []
    # The first two begin the chains of events of the portal and of the town.
    for email in ("x@tuayang.example", "officer@tuayang.example") * 2:
        with CaptureQueriesContext(connection) as statements:
            Client().post("/accounts/password/reset/", {"email": email})
        asked.append(len([one for one in statements if "SAVEPOINT" not in one["sql"]]))
    assert asked[2] == asked[3]


def test_a_closed_account_gets_no_reset(officer: Person) -> None:
    Person.objects.filter(pk=officer.pk).update(email="officer@tuayang.example", is_active=False)
    Client().post("/accounts/password/reset/", {"email": "officer@tuayang.example"})
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost evil", "localhost,evil.example", "localhost:80:80"]
)
def test_a_foreign_host_is_refused(db: None, host: str) -> None:
    assert Client(headers={"host": host}).get("/accounts/login/").status_code == 400


def test_rules_for_passwords_are_told_in_thai(officer: Person) -> None:
    client, _ = sign_in("officer", "officer")
    answer = client.post(
        "/accounts/password/change/", {"oldpassword": "officer", "password1": "สั้น", "password2": "สั้น"}
    )
    assert "รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย 10 ตัวอักษร" in answer.content.decode()


def test_health_is_the_version_once_the_database_answers(db: None, settings: pytest.FixtureRequest) -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok 0.1.0\n")


@pytest.mark.parametrize("path", ["/%00", "/desk/?q=%00", "/tuayang/%00/"])
def test_a_nul_in_an_address_is_answered_400_in_thai(db: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 400
    assert "ระบบรับไม่ได้" in answer.content.decode()

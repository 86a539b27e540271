"""Second factors, tries, devices, invitations and leaving: what the portal promises of accounts."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from audit.models import Event
from measures.actions.trying import forget_tries, may_try
from measures.choices import LetterKind, Role
from measures.models import Agency, Appointment, Letter, Person, Position, RoleGrant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
WRONG = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง"
PAUSED = "ระบบจึงพักการเข้าสู่ระบบไว้ก่อน"


def sign_in(
    login: str, password: str, client: Client | None = None, forwarded: str = ""
) -> tuple[Client, str]:
    client = client or Client()
    answer = client.post(
        "/accounts/login/",
        {"login": login, "password": password},
        follow=True,
        headers={"X-Forwarded-For": forwarded} if forwarded else None,
    )
    return client, answer.content.decode()


def is_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def with_app(client: Client, password: str) -> str:
    """Set up an authenticator app as a person does, and return its key."""
    client.post("/accounts/reauthenticate/", {"password": password})
    page = client.get("/accounts/app/activate/").content.decode()
    found = re.search(r'class="secret">([A-Z2-7]+)<', page)
    assert found
    client.post("/accounts/app/activate/", {"code": code_of(found[1])})
    return found[1]


def code_of(key: str, *, periods: int = 0) -> str:
    return str(format_hotp_value(hotp_value(key, int(time.time()) // 30 + periods)))


@pytest.fixture
def guarded(officer: Person) -> str:
    """The key of the officer's app."""
    client, _ = sign_in("officer", "officer")
    return with_app(client, "officer")


def acts() -> list[str]:
    return list(Event.objects.order_by("chain", "seq").values_list("act", flat=True))


# Second factors.


def test_an_app_asks_for_its_code_at_the_next_sign_in(guarded: str) -> None:
    client, page = sign_in("officer", "officer")
    assert "ยืนยันตัวตนขั้นที่สอง" in page
    assert not is_in(client)
    client.post("/accounts/authenticate/", {"code": code_of(guarded, periods=1)})
    assert is_in(client)


def test_a_code_is_taken_once(guarded: str) -> None:
    code = code_of(guarded, periods=1)
    signed_in = []
    for _ in range(2):
        client, _ = sign_in("officer", "officer")
        client.post("/accounts/authenticate/", {"code": code})
        signed_in.append(is_in(client))
    assert signed_in == [True, False]


def test_a_code_may_be_typed_in_thai_digits(guarded: str) -> None:
    client, _ = sign_in("officer", "officer")
    code = code_of(guarded, periods=1).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    client.post("/accounts/authenticate/", {"code": f"{code[:3]} {code[3:]}"})
    assert is_in(client)


def test_a_recovery_code_opens_once_and_the_trail_says_so(guarded: str, officer: Person) -> None:
    code = Authenticator.objects.get(user=officer, type="recovery_codes").wrap().get_unused_codes()[0]
    signed_in = []
    for _ in range(2):
        client, _ = sign_in("officer", "officer")
        client.post("/accounts/authenticate/", {"code": code})
        signed_in.append(is_in(client))
    assert signed_in == [True, False]
    assert acts().count("person.recovery_code_used") == 1


def test_codes_cannot_be_guessed(guarded: str) -> None:
    client, _ = sign_in("officer", "officer")
    for _ in range(5):
        client.post("/accounts/authenticate/", {"code": "000000"})
    client.post("/accounts/authenticate/", {"code": code_of(guarded, periods=1)})
    assert not is_in(client)


def test_the_keys_of_apps_are_not_readable_in_the_database(guarded: str, officer: Person) -> None:
    kept = Authenticator.objects.get(user=officer, type="totp").data["secret"]
    assert guarded not in kept


def test_the_trail_says_by_what_a_person_signed_in(guarded: str) -> None:
    client, _ = sign_in("officer", "officer")
    client.post("/accounts/authenticate/", {"code": code_of(guarded, periods=1)})
    last = Event.objects.filter(act="person.signed_in").order_by("seq").last()
    assert last is not None
    assert last.details["means"] == ["password", "totp"]


def test_adding_a_factor_signs_out_devices_that_never_showed_it(officer: Person) -> None:
    elsewhere, _ = sign_in("officer", "officer")
    here, _ = sign_in("officer", "officer")
    with_app_in_a_transaction(here)
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def with_app_in_a_transaction(client: Client) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # What waits for the commit is done at once: a test's transaction never commits.
        patch.setattr("django.db.transaction.on_commit", lambda act, **_: act())
        with_app(client, "officer")


# A second factor required by role.


@pytest.fixture
def required(town: Agency) -> None:
    town.second_factor_roles = [Role.OFFICER]
    town.save()


def test_a_role_without_its_factor_opens_nothing_but_the_way_to_one(required: None, officer: Person) -> None:
    client, page = sign_in("officer", "officer")
    assert "กำหนดให้บทบาทของท่านใช้มากกว่ารหัสผ่าน" in page
    answer = client.get("/desk/reports/?x=1")
    assert answer["Location"] == "/accounts/second-factor/?next=%2Fdesk%2Freports%2F%3Fx%3D1"


def test_what_was_being_sent_is_shown_again(required: None, officer: Person) -> None:
    client, _ = sign_in("officer", "officer")
    answer = client.post("/desk/plans/new/", {"name": "ข้อความที่พิมพ์ไว้นานแล้ว"})
    assert answer.status_code == 403
    assert "ข้อความที่พิมพ์ไว้นานแล้ว" in answer.content.decode()


def test_with_the_factor_people_land_where_they_wanted_to_go(required: None, officer: Person) -> None:
    client, _ = sign_in("officer", "officer")
    client.get("/accounts/second-factor/?next=/desk/reports/")
    with_app(client, "officer")
    assert client.get("/accounts/second-factor/")["Location"] == "/desk/reports/"
    assert client.get("/desk/reports/").status_code == 200


def test_nobody_is_sent_to_another_site_afterwards(required: None, officer: Person) -> None:
    client, _ = sign_in("officer", "officer")
    client.get("/accounts/second-factor/?next=https://evil.example/")
    with_app(client, "officer")
    assert client.get("/accounts/second-factor/")["Location"] == "/accounts/"


def test_other_roles_are_not_asked(required: None, contributor: Person) -> None:
    client, _ = sign_in("contributor", "contributor")
    assert client.get("/desk/unit/").status_code == 200


def test_signatories_are_asked_by_their_position(town: Agency, chain: list[Person]) -> None:
    town.second_factor_roles = ["signatory"]
    town.save()
    client, _ = sign_in("mayor", "mayor")
    assert client.get("/desk/inbox/").status_code == 302


def test_the_portals_administrators_are_asked_by_a_setting(
    portal_administrator: Person, settings: Settings
) -> None:
    client, _ = sign_in("portal", "portal")
    before = client.get("/desk/agencies/").status_code
    settings.PORTAL_SECOND_FACTOR = True
    assert (before, client.get("/desk/agencies/").status_code) == (200, 302)


def test_the_administrator_says_which_roles(town: Agency, administrator: Person) -> None:
    client, _ = sign_in("administrator", "administrator")
    client.post("/desk/settings/second-factor/", {"roles": ["officer", "signatory"]})
    town.refresh_from_db()
    assert town.second_factor_roles == ["officer", "signatory"]
    assert "agency.second_factor_changed" in acts()


def test_the_administrator_takes_lost_factors_away(
    guarded: str, officer: Person, administrator: Person
) -> None:
    client, _ = sign_in("administrator", "administrator")
    client.post(f"/desk/settings/people/{officer.pk}/factors/", {"request_key": ""})
    assert is_in(sign_in("officer", "officer")[0])
    assert "person.factors_taken" in acts()


# Tries.


def test_the_sixth_wrong_password_is_not_looked_at(officer: Person) -> None:
    pages = [sign_in("officer", "wrong")[1] for _ in range(6)]
    assert [WRONG in page for page in pages] == [True] * 5 + [False]
    assert PAUSED in sign_in("officer", "officer")[1]


def test_an_unknown_name_is_paused_alike(db: None) -> None:
    pages = [sign_in("nobody", "wrong")[1] for _ in range(6)]
    assert [PAUSED in page for page in pages] == [False] * 5 + [True]


def test_a_letter_that_is_another_only_in_capitals_is_no_other_name(officer: Person) -> None:
    for name in ("officer", "OFFICER", "off\u0131cer") * 2:
        page = sign_in(name, "wrong")[1]
    assert PAUSED in page


def test_one_address_tries_twenty_times_an_hour_whatever_it_claims_to_be(officer: Person) -> None:
    pages = [sign_in(f"name{i}", "wrong", forwarded=f"203.0.113.{i}")[1] for i in range(21)]
    assert [PAUSED in page for page in pages] == [False] * 20 + [True]


def test_behind_a_proxy_the_address_that_it_saw_counts(officer: Person, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    pages = [sign_in(f"name{i}", "wrong", forwarded=f"203.0.113.{i}, 198.51.100.7")[1] for i in range(21)]
    assert PAUSED in pages[-1]
    assert WRONG in sign_in("name21", "wrong", forwarded="198.51.100.7, 198.51.100.8")[1]


def test_who_is_attacked_still_signs_in_on_their_own_device(officer: Person) -> None:
    mine, _ = sign_in("officer", "officer")
    mine.post("/accounts/logout/")
    for _ in range(25):
        sign_in("officer", "wrong")
    assert is_in(sign_in("officer", "officer", mine)[0])


def test_a_right_password_takes_no_try_away(officer: Person) -> None:
    assert all(is_in(sign_in("officer", "officer")[0]) for _ in range(7))


def test_a_pause_ends(officer: Person) -> None:
    tries = [may_try(officer, "proof", at=NOW) for _ in range(7)]
    assert tries == [5, 4, 3, 2, 1, 0, 0]
    assert may_try(officer, "proof", at=NOW.replace(minute=5)) == 5
    forget_tries(officer, "proof")
    assert may_try(officer, "proof", at=NOW) == 5


def test_what_cannot_be_counted_is_refused(officer: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE measures_tally RENAME TO away")
    client = Client(raise_request_exception=False)
    answer = client.post("/accounts/login/", {"login": "officer", "password": "officer"})
    assert answer.status_code in (500, 503)
    assert "_auth_user_id" not in client.session
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE away RENAME TO measures_tally")


def test_of_two_that_add_the_same_key_one_does(db: None) -> None:
    assert [cache.add("key", 1), cache.add("key", 2), cache.get("key")] == [True, False, 1]


def test_a_password_is_looked_over_once_whoever_asks(
    officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Person.objects.filter(pk=officer.pk).update(email="officer@tuayang.example")
    from django.contrib.auth import hashers  # noqa: PLC0415 -- patched below, 2026-11

    hashed: list[str] = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode

    def noted(self: hashers.BasePasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(type(hasher), "encode", noted)
    numbers = []
    for login in ("officer", "officer@tuayang.example", "nobody", "x@tuayang.example"):
        hashed.clear()
        sign_in(login, "wrong")
        numbers.append(len(hashed))
    assert numbers == [1, 1, 1, 1]


# Devices and sessions.


def test_an_old_cookie_is_worth_nothing_after_signing_out(officer: Person) -> None:
    client, _ = sign_in("officer", "officer")
    old = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies["sessionid"] = str(old)
    assert not is_in(thief)


def test_a_cookie_given_before_the_sign_in_is_not_the_one_after_it(officer: Person) -> None:
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    planted = str(session.session_key)
    client.cookies["sessionid"] = planted
    sign_in("officer", "officer", client)
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert (is_in(client), is_in(thief)) == (True, False)


def test_a_person_signs_out_another_device(officer: Person) -> None:
    there, _ = sign_in("officer", "officer")
    here, _ = sign_in("officer", "officer")
    other = UserSession.objects.exclude(session_key=here.session.session_key).get()
    here.post(f"/accounts/sessions/{other.pk}/end/")
    assert (is_in(here), is_in(there)) == (True, False)
    assert "person.session_ended" in acts()


def test_nobody_signs_out_somebody_else(officer: Person, contributor: Person) -> None:
    sign_in("officer", "officer")
    client, _ = sign_in("contributor", "contributor")
    theirs = UserSession.objects.get(user=officer)
    assert client.post(f"/accounts/sessions/{theirs.pk}/end/").status_code == 404


def test_a_new_password_signs_out_all_other_devices(officer: Person) -> None:
    there, _ = sign_in("officer", "officer")
    here, _ = sign_in("officer", "officer")
    new = {"oldpassword": "officer", "password1": "ข้าวเหนียวมะม่วง-2570", "password2": "ข้าวเหนียวมะม่วง-2570"}
    here.post("/accounts/password/change/", new)
    assert (is_in(here), is_in(there)) == (True, False)
    assert "person.password_changed" in acts()


# Coming and leaving.


def test_an_invitation_waits_in_the_outbox_and_its_link_opens_once(
    town: Agency, administrator: Person
) -> None:
    client, _ = sign_in("administrator", "administrator")
    client.post(
        "/desk/settings/people/new/",
        {"full_name": "นางใหม่ มา", "username": "mai", "email": "mai@tuayang.example", "retires_in": "2590"},
    )
    letter = Letter.objects.get(kind=LetterKind.INVITATION)
    found = re.search(r"http://localhost:8000(/accounts/password/reset/key/\S+)", letter.body)
    assert found
    assert letter.is_secret
    assert Person.objects.get(username="mai").retires_in == 2590
    new = Client()
    form = new.get(found[1])["Location"]
    new.post(form, {"password1": "ข้าวเหนียวมะม่วง-2570", "password2": "ข้าวเหนียวมะม่วง-2570"})
    assert is_in(new)
    assert "ใช้ไปแล้วหรือหมดอายุ" in Client().get(found[1], follow=True).content.decode()


def test_another_email_is_told_to_the_old_address_and_in_the_trail(
    town: Agency, administrator: Person, officer: Person
) -> None:
    """Who gets the link to a new password gets the account: its person is to notice."""
    Person.objects.filter(pk=officer.pk).update(email="officer@tuayang.example")
    form = {"full_name": str(officer), "email": "other@tuayang.example", "roles": ["officer"]}
    client, _ = sign_in("administrator", "administrator")
    client.post(f"/desk/settings/people/{officer.pk}/edit/", form)
    letter = Letter.objects.get()
    assert (letter.address, letter.person) == ("officer@tuayang.example", officer)
    assert "ผู้ดูแลระบบเปลี่ยนอีเมลของบัญชีท่าน" in letter.body
    assert "other@tuayang.example" not in letter.body
    assert Event.objects.get(act="person.changed").details["changed"] == ["email"]


def test_an_invitation_can_be_sent_again(town: Agency, administrator: Person) -> None:
    someone = Person.objects.create_user("mai", agency=town, email="mai@tuayang.example")
    client, _ = sign_in("administrator", "administrator")
    client.post(f"/desk/settings/people/{someone.pk}/invite/")
    assert Letter.objects.filter(person=someone, kind=LetterKind.INVITATION).count() == 1


def test_an_old_address_gets_no_reset(officer: Person) -> None:
    Person.objects.filter(pk=officer.pk).update(email="old@tuayang.example")
    Client().post("/accounts/password/reset/", {"email": "old@tuayang.example"})
    Person.objects.filter(pk=officer.pk).update(email="new@tuayang.example")
    Client().post("/accounts/password/reset/", {"email": "old@tuayang.example"})
    assert Letter.objects.count() == 1


def test_reopening_revives_no_session(officer: Person, administrator: Person) -> None:
    theirs, _ = sign_in("officer", "officer")
    client, _ = sign_in("administrator", "administrator")
    client.post(f"/desk/settings/people/{officer.pk}/close/")
    closed = is_in(theirs)
    client.post(f"/desk/settings/people/{officer.pk}/reopen/")
    assert (closed, is_in(theirs)) == (False, False)


def test_the_administrator_is_told_what_waits_for_a_closed_person(
    town: Agency, administrator: Person
) -> None:
    someone = Person.objects.create_user("palat", agency=town, full_name="นายตัวอย่าง หก", is_active=False)
    position = Position.objects.create(agency=town, title="ปลัดเทศบาล")
    Appointment.objects.create(position=position, person=someone, starts=date(2020, 1, 1))
    client, _ = sign_in("administrator", "administrator")
    page = client.get(f"/desk/settings/people/{someone.pk}/").content.decode()
    assert "ยังดำรงตำแหน่ง ปลัดเทศบาล" in page


def test_failing_is_told_without_what_was_typed(officer: Person) -> None:
    sign_in("officer", "wrong")
    sign_in("my-secret-password", "wrong")
    failed = list(Event.objects.filter(act="person.sign_in_failed").values_list("chain", "details_json"))
    assert sorted(failed) == sorted([(officer.agency_id, f'{{"name":"{officer}"}}'), (0, '{"name":""}')])


def test_a_role_given_is_in_force_at_the_next_request(officer: Person) -> None:
    client, _ = sign_in("officer", "officer")
    before = client.get("/desk/settings/").status_code
    RoleGrant.objects.create(person=officer, role=Role.ADMINISTRATOR)
    assert (before, client.get("/desk/settings/").status_code) == (403, 200)

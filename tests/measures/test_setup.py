"""Creating a town: particulars, units, people by invitation, positions, chain, emblem."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from audit.models import Event
from measures.choices import Acting, Role
from measures.fiscal import bangkok_date
from measures.models import Agency, Appointment, AssessmentItem, Person, Position, RoleGrant, Unit
from measures.storage import read
from tests.conftest import browser, person

pytestmark = pytest.mark.django_db


def test_an_empty_portal_greets_its_administrator_with_create_your_town(portal_administrator: Person) -> None:
    page = browser(portal_administrator).get("/desk/", follow=True)
    assert "สร้างหน่วยงานของท่าน" in page.content.decode()


def test_the_founder_of_the_first_town_becomes_its_administrator(portal_administrator: Person) -> None:
    answer = browser(portal_administrator).post(
        "/desk/agencies/new/",
        {"name": "เทศบาลตำบลตัวอย่าง", "slug": "tuayang", "administers": "on"},
        follow=True,
    )
    portal_administrator.refresh_from_db()
    assert portal_administrator.agency == Agency.objects.get(slug="tuayang")
    assert "ตั้งค่าหน่วยงาน" in answer.content.decode()


@pytest.mark.parametrize("slug", ["desk", "static", "Tua", "ต", "a b", "-a-", "healthz", "../x", "a\u200bb"])
def test_a_slug_that_cannot_be_an_address_is_refused_beside_the_field(
    portal_administrator: Person, slug: str
) -> None:
    answer = browser(portal_administrator).post("/desk/agencies/new/", {"name": "เทศบาลใหม่", "slug": slug})
    assert answer.status_code == 200
    assert 'id="error_1_id_slug"' in answer.content.decode()
    assert not Agency.objects.exists()


def test_a_name_spelt_with_nikhahit_is_found_to_be_the_same(
    town: Agency, portal_administrator: Person
) -> None:
    Agency.objects.filter(pk=town.pk).update(name="เทศบาลตำบลน้ำดำ")
    twin = "เทศบาลตําบลน้\u0e4d\u0e32ด\u0e4d\u0e32"
    answer = browser(portal_administrator).post(
        "/desk/agencies/new/", {"name": twin, "province": town.province, "slug": "namdam"}
    )
    assert "มีหน่วยงานชื่อนี้ในจังหวัดเดียวกันในพอร์ทัลแล้ว" in answer.content.decode()


def test_extra_fields_of_a_request_change_nothing(town: Agency, administrator: Person) -> None:
    browser(administrator).post(
        "/desk/settings/agency/",
        {"name": town.name, "slug": "stolen", "id": "999", "is_portal_administrator": "1"},
    )
    town.refresh_from_db()
    administrator.refresh_from_db()
    assert (town.slug, administrator.is_portal_administrator) == ("tuayang", False)


def test_invisible_characters_alone_are_no_name(administrator: Person) -> None:
    answer = browser(administrator).post("/desk/settings/agency/", {"name": "\u200b\ufeff\u00a0 "})
    assert "ยังไม่ได้กรอกชื่อหน่วยงาน" in answer.content.decode()


def test_bidi_and_control_characters_do_not_reach_the_name(town: Agency, administrator: Person) -> None:
    browser(administrator).post("/desk/settings/agency/", {"name": "เทศบาล\u202eตำบล\x07ตัวอย่าง"})
    town.refresh_from_db()
    assert town.name == "เทศบาลตำบลตัวอย่าง"


@pytest.mark.parametrize(("typed", "kept"), [("15", 15), ("25", 25), ("", 25), ("20", 25)])
def test_the_memorandums_upper_margin_is_one_of_two(
    town: Agency, administrator: Person, typed: str, kept: int
) -> None:
    Agency.objects.filter(pk=town.pk).update(top_mm=25)
    browser(administrator).post("/desk/settings/agency/", {"name": town.name, "top_mm": typed})
    town.refresh_from_db()
    assert town.top_mm == kept


def invite(client: Client, **fields: str | list[str]) -> Person:
    client.post("/desk/settings/people/new/", {"full_name": "นางตัวอย่าง หก", "username": "hok", **fields})
    return Person.objects.get(username="hok")


def test_an_invited_person_sets_a_password_by_the_link_and_is_in(
    administrator: Person, finance: Unit, settings: pytest.FixtureRequest
) -> None:
    client = browser(administrator)
    someone = invite(client, email="hok@tuayang.example", roles=["contributor"], units=[str(finance.pk)])
    page = client.get(f"/desk/settings/people/{someone.pk}/").content.decode()
    link = re.search(r'value="(http://localhost:8000)(/accounts/password/reset/key/[^"]+)"', page)
    assert link is not None
    fresh = Client()
    form = fresh.get(link[2], follow=True)
    fresh.post(form.request["PATH_INFO"], {"password1": "ตัวอย่างยาวพอ-2570", "password2": "ตัวอย่างยาวพอ-2570"})
    assert fresh.get("/desk/unit/").status_code == 200


def test_the_invitation_is_mailed_with_the_configured_address(
    administrator: Person, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        invite(browser(administrator), email="hok@tuayang.example")
    assert "http://localhost:8000/accounts/password/reset/key/" in mail.outbox[0].body


def test_a_contributor_needs_a_unit(administrator: Person, finance: Unit) -> None:
    answer = browser(administrator).post(
        "/desk/settings/people/new/",
        {"full_name": "นางตัวอย่าง หก", "username": "hok", "roles": ["contributor"]},
    )
    assert "กรุณาเลือกส่วนราชการที่ผู้นี้รายงานแทนอย่างน้อย 1 แห่ง" in answer.content.decode()


def test_a_unit_of_another_agency_cannot_be_granted(
    administrator: Person, finance: Unit, other_town: Agency
) -> None:
    theirs = Unit.objects.create(agency=other_town, name="กองคลัง")
    answer = browser(administrator).post(
        "/desk/settings/people/new/",
        {"full_name": "นางตัวอย่าง หก", "username": "hok", "roles": ["contributor"], "units": [str(theirs.pk)]},
    )
    assert "ไม่พบส่วนราชการที่เลือก" in answer.content.decode()
    assert not Person.objects.filter(username="hok").exists()


def test_closing_an_account_ends_its_sessions_at_once(administrator: Person, officer: Person) -> None:
    theirs = browser(officer)
    browser(administrator).post(f"/desk/settings/people/{officer.pk}/close/")
    assert theirs.get("/desk/plans/").status_code == 302
    assert Person.objects.filter(pk=officer.pk).exists()


def test_the_last_administrator_stays(administrator: Person) -> None:
    answer = browser(administrator).post(f"/desk/settings/people/{administrator.pk}/close/")
    administrator.refresh_from_db()
    assert (answer.status_code, administrator.is_active) == (409, True)
    assert "หน่วยงานต้องมีผู้ดูแลระบบที่ใช้งานได้อย่างน้อย 1 คน" in answer.content.decode()


def test_an_administrator_whose_role_has_ended_is_no_reason_to_let_the_last_one_go(
    administrator: Person, officer: Person
) -> None:
    RoleGrant.objects.create(person=officer, role=Role.ADMINISTRATOR, until=date(2020, 1, 1))
    answer = browser(administrator).post(f"/desk/settings/people/{administrator.pk}/close/")
    administrator.refresh_from_db()
    assert (answer.status_code, administrator.is_active) == (409, True)


def test_a_role_taken_away_is_gone_at_the_next_request(administrator: Person, officer: Person) -> None:
    theirs = browser(officer)
    browser(administrator).post(f"/desk/settings/people/{officer.pk}/edit/", {"full_name": officer.full_name})
    assert theirs.get("/desk/plans/new/").status_code == 403


def test_a_new_holder_ends_the_term_of_the_one_before(town: Agency, administrator: Person) -> None:
    mayor = Position.objects.create(agency=town, title="นายกเทศมนตรี")
    before, after = person(town, "before"), person(town, "after")
    Appointment.objects.create(position=mayor, person=before, starts=date(2024, 1, 1))
    browser(administrator).post(
        f"/desk/settings/positions/{mayor.pk}/",
        {"person": after.pk, "kind": "holder", "starts": "1 ตุลาคม 2569"},
    )
    assert list(mayor.appointments.values_list("person__username", "starts", "ends")) == [
        ("before", date(2024, 1, 1), date(2026, 9, 30)),
        ("after", date(2026, 10, 1), None),
    ]


def test_acting_needs_an_order(town: Agency, administrator: Person) -> None:
    clerk = Position.objects.create(agency=town, title="ปลัดเทศบาล")
    answer = browser(administrator).post(
        f"/desk/settings/positions/{clerk.pk}/",
        {"person": administrator.pk, "kind": Acting.ACTING_ABSENT, "starts": "1 ตุลาคม 2569"},
    )
    assert "การรักษาราชการแทนต้องมีคำสั่ง กรุณาระบุเลขที่คำสั่ง" in answer.content.decode()
    assert not clerk.appointments.exists()


def test_the_chain_is_saved_in_the_order_typed(town: Agency, administrator: Person) -> None:
    first, second = (Position.objects.create(agency=town, title=title) for title in ("นิติกร", "ปลัดเทศบาล"))
    browser(administrator).post(
        "/desk/settings/chain/",
        {
            "form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0",
            "form-0-order": "5", "form-0-position": second.pk, "form-0-words": "ทราบ",
            "form-1-order": "1", "form-1-position": first.pk,
            "form-2-order": "", "form-2-position": "",
        },
    )  # fmt: skip
    assert list(town.chain.values_list("order", "position__title", "words")) == [
        (0, "นิติกร", ""),
        (1, "ปลัดเทศบาล", "ทราบ"),
    ]


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 60)) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, kind)
    file.seek(0)
    file.name = "ตรา.png"
    return file


def test_an_emblem_is_encoded_anew(town: Agency, administrator: Person) -> None:
    file = picture("JPEG", (1200, 600))
    file.write(b"<script>alert(1)</script>") if file.seek(0, 2) else None
    file.seek(0)
    browser(administrator).post("/desk/settings/emblem/", {"picture": file})
    town.refresh_from_db()
    kept = read(town.emblem_sha256)
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size) == ("PNG", (600, 300))
    assert b"script" not in kept


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"GIF89a", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_is_refused_in_words(administrator: Person, data: bytes) -> None:
    file = io.BytesIO(data)
    file.name = "emblem.png"
    answer = browser(administrator).post("/desk/settings/emblem/", {"picture": file})
    assert "ใช้ได้เฉพาะภาพ PNG, JPEG หรือ WebP" in answer.content.decode()
    administrator.agency.refresh_from_db()  # type: ignore[union-attr]
    assert administrator.agency.emblem_sha256 == ""  # type: ignore[union-attr]


def test_a_unit_in_use_is_not_deleted(administrator: Person, division: Unit, finance: Unit) -> None:
    answer = browser(administrator).post(f"/desk/settings/units/{division.pk}/delete/")
    assert answer.status_code == 409
    assert Unit.objects.filter(pk=division.pk).exists()


def test_a_unit_cannot_stand_below_its_own_section(
    administrator: Person, division: Unit, finance: Unit
) -> None:
    answer = browser(administrator).post(
        f"/desk/settings/units/{division.pk}/edit/", {"name": division.name, "parent": finance.pk}
    )
    division.refresh_from_db()
    assert division.parent is None
    assert "อยู่ใต้ตนเองไม่ได้" in answer.content.decode()


def test_an_item_code_is_a_row_that_the_portal_keeps(portal_administrator: Person) -> None:
    browser(portal_administrator).post(
        "/desk/assessment-items/new/",
        {"fiscal_year": "๒๕๗๐", "code": "O24", "kind": "measures", "title": "มาตรการ"},
    )
    assert AssessmentItem.objects.get(fiscal_year=2570).code == "O24"


def test_every_change_is_in_the_trail(town: Agency, administrator: Person) -> None:
    browser(administrator).post("/desk/settings/units/new/", {"name": "กองช่าง"})
    event = Event.objects.for_agency(town.pk).get(act="unit.added")
    assert (event.actor_name, event.details) == ("นายตัวอย่าง สี่", {"name": "กองช่าง"})


def test_an_auditor_has_no_rights_after_the_last_day(town: Agency) -> None:
    someone = person(town, "late")
    RoleGrant.objects.create(person=someone, role=Role.AUDITOR, until=date(2020, 1, 1))
    assert browser(someone).get("/desk/plans/", follow=True).status_code == 403


def test_an_acting_term_can_be_ended_before_its_day(town: Agency, administrator: Person) -> None:
    position = Position.objects.create(agency=town, title="ปลัดเทศบาล")
    acting = Appointment.objects.create(
        position=position, person=administrator, kind=Acting.ACTING_ABSENT,
        own_title="รองปลัดเทศบาล", order_number="412/2569", order_date=date(2020, 1, 1),
        starts=date(2020, 1, 1), ends=date(2099, 1, 1),
    )  # fmt: skip
    desk = browser(administrator)
    end = reverse("appointment_end", args=[acting.pk])
    assert end in desk.get(reverse("position", args=[position.pk])).content.decode()
    desk.post(end)
    acting.refresh_from_db()
    assert acting.ends == bangkok_date(timezone.now())

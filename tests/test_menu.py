"""What the menu and the head of the page offer to whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from measures.choices import Role
from measures.models import Agency, Appointment, Person, Position, RoleGrant
from tests.conftest import browser

pytestmark = pytest.mark.django_db
INBOX = "รอท่านลงนาม"


def offered(someone: Person, address: str = "reports") -> bool:
    return f">{INBOX}" in browser(someone).get(reverse(address)).content.decode().partition("<h1")[0]


def test_an_officer_who_only_writes_the_report_is_not_sent_to_the_inbox(chain: list[Person]) -> None:
    assert not offered(chain[0])


def test_an_officer_who_also_endorses_is(chain: list[Person]) -> None:
    position = Position.objects.get(title="รองปลัดเทศบาล")
    Appointment.objects.create(position=position, person=chain[0], starts=date(2024, 1, 1))
    assert offered(chain[0])


def test_an_executive_finds_the_inbox_though_nothing_waits(chain: list[Person], town: Agency) -> None:
    RoleGrant.objects.create(person=chain[4], role=Role.ADMINISTRATOR)
    assert offered(chain[4])


def test_the_head_of_the_page_shows_the_emblem_once_there_is_one(town: Agency, officer: Person) -> None:
    before = browser(officer).get(reverse("plan_new")).content.decode()
    Agency.objects.filter(pk=town.pk).update(emblem_sha256="a" * 64)
    after = browser(officer).get(reverse("plan_new")).content.decode()
    shown = f'<img src="{reverse("emblem")}?aaaaaaaa" alt="">'
    assert [shown in page for page in (before, after)] == [False, True]


@pytest.mark.parametrize("who", ["officer", "administrator", "auditor", "portal_administrator"])
def test_whoever_may_read_the_trail_is_offered_it_once(who: str, request: pytest.FixtureRequest) -> None:
    someone: Person = request.getfixturevalue(who)
    menu = browser(someone).get(reverse("trail")).content.decode().partition("<h1")[0]
    links = menu.count(f'href="{reverse("trail")}"')
    navigations = menu.count("<nav")
    assert navigations
    assert links == navigations

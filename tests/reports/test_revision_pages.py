"""The pages on a screen are those of the presented PDF, or none."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from measures.models import Person
from reports.actions.sealing import seal
from reports.codes import shown
from reports.models import Revision
from reports.views import reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_anew() -> None:
    reading._draws_what_was_presented.cache_clear()


def test_every_page_stands_there_with_its_code(sent: Revision, chain: list[Person], client: Client) -> None:
    client.force_login(chain[1])
    page = client.get(reverse("revision_pages", args=[sent.pk])).content.decode()
    assert page.count("<svg") == sent.pages
    assert page.count(shown(sent.code)) == sent.pages
    assert sent.read().table.measures[0].title.split()[0] in page


def test_it_is_enlarged_by_links_and_by_nothing_unknown(
    sent: Revision, chain: list[Person], client: Client
) -> None:
    client.force_login(chain[1])
    address = reverse("revision_pages", args=[sent.pk])
    assert 'data-zoom="3"' in client.get(address, {"zoom": "3"}).content.decode()
    assert 'data-zoom="1"' in client.get(address, {"zoom": '9"><b>'}).content.decode()


def test_another_drawing_than_the_presented_one_is_never_shown(
    sent: Revision, chain: list[Person], client: Client
) -> None:
    Revision.objects.filter(pk=sent.pk).update(presented_sha256="0" * 64)
    client.force_login(chain[1])
    page = client.get(reverse("revision_pages", args=[sent.pk])).content.decode()
    assert "<svg" not in page
    assert reverse("revision_presented", args=[sent.pk]) in page
    assert "กรุณาอ่านจาก PDF" in page


def test_of_a_signed_document_the_pages_that_were_presented_are_shown_and_counted(
    signed: Revision, chain: list[Person], client: Client
) -> None:
    seal(signed)
    client.force_login(chain[1])
    page = client.get(reverse("revision_pages", args=[signed.pk])).content.decode()
    assert "เอกสารที่เสนอลงนาม" in page
    assert f"{page.count('<svg')} หน้า</span>" in page
    assert page.count("<svg") < signed.pages

"""The report in its other formats: made once when it is sealed, given as kept, gone with what is withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from docx import Document
from pytest_django.fixtures import Settings

from measures.errors import Refused
from measures.models import Person
from reports.actions.sealing import seal
from reports.actions.twins import keep_twins
from reports.exports import TWINS
from reports.models import Report, Revision
from reports.views.public import PAGES
from tests.conftest import browser
from tests.published import content_of, publish, revision_of, withdraw
from tests.reports.conftest import sign

pytestmark = pytest.mark.django_db
REPORT = "/tuayang/2567/reports/annual-1"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    PAGES.clear()


@pytest.mark.parametrize("ending", TWINS)
def test_a_published_report_is_given_in_every_format(ending: str) -> None:
    revision = revision_of(content_of())
    publish(revision)

    answer = Client().get(f"{REPORT}{ending}")

    revision.refresh_from_db()
    assert (answer.status_code, answer["Content-Type"]) == (200, TWINS[ending].media_type)
    assert hashlib.sha256(answer.content).hexdigest() == revision.twins[ending]
    assert answer["ETag"] == f'"{revision.twins[ending]}"'
    assert answer["Content-Disposition"].startswith("attachment;")


def test_the_json_is_byte_for_byte_what_was_signed() -> None:
    revision = revision_of(content_of())
    publish(revision)
    assert hashlib.sha256(Client().get(f"{REPORT}.json").content).hexdigest() == revision.content_sha256


def test_who_has_the_file_is_not_sent_it_again() -> None:
    publish(revision_of(content_of()))
    tag = Client().get(f"{REPORT}.csv")["ETag"]
    assert Client().get(f"{REPORT}.csv", headers={"If-None-Match": tag}).status_code == 304


def test_a_withdrawn_report_is_gone_in_every_format() -> None:
    withdraw(publish(revision_of(content_of())))
    assert {Client().get(f"{REPORT}{ending}").status_code for ending in TWINS} == {410}


def test_what_is_not_published_is_not_there() -> None:
    revision_of(content_of())
    assert Client().get(f"{REPORT}.docx").status_code == 404


def test_a_kept_file_costs_one_statement(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    revision = revision_of(content_of())
    publish(revision)
    keep_twins(revision)
    with django_assert_num_queries(1):
        assert Client().get(f"{REPORT}.docx").status_code == 200


def test_pages_of_the_report_lead_to_its_formats() -> None:
    publish(revision_of(content_of()))
    for page in ("/tuayang/2567/", f"{REPORT}/"):
        assert f'href="{REPORT}.xlsx"' in Client().get(page).content.decode()


def test_all_formats_are_kept_after_the_last_signature(
    sent: Revision,
    chain: list[Person],
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for signatory in chain[1:]:
            sign(sent, signatory)

    sent.refresh_from_db()

    assert sorted(sent.twins) == sorted(TWINS)


def test_what_is_kept_is_not_made_again(settings: Settings, tmp_path: Path) -> None:
    revision = revision_of(content_of())
    kept = keep_twins(revision)
    settings.DATA_DIR = tmp_path  # without fonts nothing could be made

    assert keep_twins(Revision.objects.get(pk=revision.pk)) == kept


def test_before_the_last_signature_nothing_is_kept(sent: Revision) -> None:
    with pytest.raises(Refused):
        keep_twins(sent)


def test_who_may_read_a_revision_reads_it_in_word_as_it_was_presented(
    sent: Revision, chain: list[Person]
) -> None:
    answer = browser(chain[1]).get(f"/desk/revisions/{sent.pk}/report.docx")

    texts = [paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs]
    assert sent.read().memorandum.closing in texts
    assert answer["Cache-Control"] == "private, no-store"


def test_a_signed_revision_is_given_on_the_desk_as_it_is_kept(signed: Revision, officer: Person) -> None:
    seal(signed)
    answer = browser(officer).get(f"/desk/revisions/{signed.pk}/report.docx")
    signed.refresh_from_db()
    assert hashlib.sha256(answer.content).hexdigest() == signed.twins[".docx"]


def test_the_saved_draft_is_marked_as_one(report: Report, officer: Person) -> None:
    answer = browser(officer).get(f"/desk/reports/{report.pk}/draft.docx")
    header = Document(BytesIO(answer.content)).sections[0].first_page_header
    assert header.paragraphs[0].text == "ฉบับร่าง"
    assert answer["Content-Disposition"] == 'attachment; filename="tuayang-2567-annual-draft.docx"'

"""While the database, the files or the fonts are away: a page in Thai that says what is safe."""

from __future__ import annotations

import errno
from typing import Any, NoReturn

import pytest
from django.db import OperationalError, connection
from django.test import Client

from measures.models import Person
from measures.storage import Damaged
from reports.document.font_sources import FontsMissing
from reports.views.public import PAGES
from tests.conftest import browser
from tests.published import content_of, publish, revision_of

pytestmark = pytest.mark.django_db

YEAR = "/tuayang/2567/"


def away(*_: Any) -> NoReturn:
    """Stands between Django and the database."""
    raise OperationalError("server closed the connection unexpectedly")


def get(client: Client, address: str) -> Any:
    """The answer while the database is away."""
    client.raise_request_exception = False
    with connection.execute_wrapper(away):
        return client.get(address)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    PAGES.clear()


@pytest.mark.parametrize("address", ["/desk/", "/desk/inbox/", "/accounts/login/", "/", YEAR, "/healthz"])
def test_a_page_says_that_the_database_is_away(address: str, officer: Person) -> None:
    answer = get(browser(officer), address)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "ขณะนี้ระบบเชื่อมต่อฐานข้อมูลไม่ได้ ข้อมูลที่บันทึกไว้แล้วยังอยู่ครบ" in page
    assert "closed" not in page


def test_a_public_page_in_memory_is_served_all_the_same(town: Any) -> None:
    publish(revision_of(content_of()))
    before = Client().get(YEAR)
    assert get(Client(), YEAR).content == before.content


def test_another_fault_of_the_server_is_a_500(officer: Person) -> None:
    client = browser(officer)
    client.raise_request_exception = False

    def broken(*_: Any) -> NoReturn:
        raise RuntimeError

    with connection.execute_wrapper(broken):
        assert client.get("/desk/").status_code == 500


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "ที่เก็บไฟล์ของระบบเต็มหรือเขียนไม่ได้"),
        (OSError(errno.EROFS, "Read-only file system"), "ที่เก็บไฟล์ของระบบเต็มหรือเขียนไม่ได้"),
        (FontsMissing("run build_fonts"), "แบบอักษรของเอกสารในเครื่องแม่ข่ายไม่ครบ"),
        (Damaged("0" * 64), "กู้คืนจากสำเนาสำรอง"),
    ],
)
def test_a_page_says_what_somebody_must_mend_on_the_machine(
    fault: Exception, sentence: str, officer: Person
) -> None:
    client = browser(officer)
    client.raise_request_exception = False

    def broken(*_: Any) -> NoReturn:
        raise fault

    with connection.execute_wrapper(broken):
        answer = client.get("/desk/")
    assert answer.status_code == 503
    assert sentence in answer.content.decode()


def test_search_engines_are_asked_to_leave_the_desk_alone(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == ["User-agent: *", "Disallow: /desk/", "Disallow: /accounts/"]


def test_the_address_of_a_button_opened_by_itself_answers_in_words(officer: Person) -> None:
    answer = browser(officer).get("/desk/reports/start/")
    assert (answer.status_code, answer["Content-Length"]) == (405, str(len(answer.content)))
    assert "เปิดหน้านี้โดยตรงไม่ได้" in answer.content.decode()

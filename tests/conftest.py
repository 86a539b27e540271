"""The cast: one town with its people, another town with its own, and browsers signed in as each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings
from hypothesis import settings as property_settings
from pytest_django import Settings

from audit.guards import lift_guards, set_guards
from measures.choices import Role
from measures.models import Agency, Appointment, ChainLink, Person, Position, RoleGrant, Unit
from reports.seal.certificates import portal_certificate

# A busy machine is slow, not wrong: no example fails for the time it took.
property_settings.register_profile("patient", deadline=None)
property_settings.load_profile("patient")

CHAIN = [
    ("นิติกรปฏิบัติการ", "", "", "officer"),
    ("หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ", "ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ", "เพื่อโปรดทราบ", "head"),
    ("ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ", "ปลัดเทศบาล", "เพื่อโปรดทราบ", "director"),
    ("รองปลัดเทศบาล", "", "", "deputy"),
    ("ปลัดเทศบาล", "", "", "clerk"),
    ("นายกเทศมนตรีตำบลตัวอย่าง", "", "ทราบ", "mayor"),
]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in earnest: in memory, threads lock whole tables and wait for nobody."""
    database = connection.settings_dict
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def emptied_with_its_trail() -> Iterator[None]:
    """Let Django empty the tables after a test with threads: the guards of the trail would keep it from that."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def lift_and_empty(case: TransactionTestCase) -> None:
        lift_guards()
        empty(case)
        set_guards()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_empty)
        yield


@pytest.fixture(scope="session")
def seals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificates that the portal made for the towns long ago: for all tests, since each takes a while to make."""
    directory = tmp_path_factory.mktemp("seals")
    with override_settings(SEAL_DIR=directory):
        for slug, name in (("tuayang", "เทศบาลตำบลตัวอย่าง"), ("uen", "เทศบาลตำบลอื่น")):
            portal_certificate(slug, name, at=datetime(2020, 1, 1, tzinfo=UTC))
    return directory


@pytest.fixture(autouse=True)
def own_data_directory(settings: Settings, tmp_path: Path, seals: Path) -> None:
    """Files and counts go to a directory of the test's own, passwords are hashed fast, no worker is needed."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SEAL_DIR, settings.SEAL_PASSPHRASES, settings.TSA_URL = seals, {}, ""
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": tmp_path / "cache"}}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "tests.static.FoundStaticFiles"}}
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    # What is put off until after the commit is done there and then; the worker's tests ask for the queue.
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def town(db: None) -> Agency:
    """เทศบาลตำบลตัวอย่าง, without people."""
    return Agency.objects.create(
        slug="tuayang", name="เทศบาลตำบลตัวอย่าง", province="ตัวอย่าง", document_code="ตย ๑๒๓๔๕",
        executive_title="นายกเทศมนตรีตำบลตัวอย่าง",
    )  # fmt: skip


@pytest.fixture
def other_town(db: None) -> Agency:
    """Another agency, whose things nobody of the town may see or touch."""
    return Agency.objects.create(slug="uen", name="เทศบาลตำบลอื่น")


def person(agency: Agency | None, username: str, full_name: str = "") -> Person:
    """Someone who signs in; the password is the username."""
    return Person.objects.create_user(username, username, full_name=full_name or username, agency=agency)


@pytest.fixture
def division(town: Agency) -> Unit:
    return Unit.objects.create(agency=town, name="กองคลัง")


@pytest.fixture
def finance(town: Agency, division: Unit) -> Unit:
    return Unit.objects.create(agency=town, parent=division, name="งานการเงินและบัญชี")


@pytest.fixture
def officer(town: Agency) -> Person:
    """The legal officer."""
    someone = person(town, "officer", "นางสาวตัวอย่าง สอง")
    RoleGrant.objects.create(person=someone, role=Role.OFFICER)
    return someone


@pytest.fixture
def contributor(town: Agency, finance: Unit) -> Person:
    """A clerk of งานการเงินและบัญชี."""
    someone = person(town, "contributor", "นายตัวอย่าง สาม")
    RoleGrant.objects.create(person=someone, role=Role.CONTRIBUTOR, unit=finance)
    return someone


@pytest.fixture
def administrator(town: Agency) -> Person:
    """The agency's administrator."""
    someone = person(town, "administrator", "นายตัวอย่าง สี่")
    RoleGrant.objects.create(person=someone, role=Role.ADMINISTRATOR)
    return someone


@pytest.fixture
def auditor(town: Agency) -> Person:
    """A read-only auditor, until a day far away."""
    someone = person(town, "auditor", "นางตัวอย่าง ห้า")
    RoleGrant.objects.create(person=someone, role=Role.AUDITOR, until=date(2099, 12, 31))
    return someone


@pytest.fixture
def stranger(other_town: Agency) -> Person:
    """Who may do everything in the other town, and nothing in this one."""
    someone = person(other_town, "stranger", "นายอื่น หนึ่ง")
    RoleGrant.objects.create(person=someone, role=Role.OFFICER)
    RoleGrant.objects.create(person=someone, role=Role.ADMINISTRATOR)
    return someone


@pytest.fixture
def portal_administrator(db: None) -> Person:
    """Who founds agencies; of none."""
    return Person.objects.create_superuser("portal", "portal", full_name="ผู้ดูแลพอร์ทัล")


@pytest.fixture
def chain(town: Agency, officer: Person) -> list[Person]:
    """The town's chain with a holder in every position; the people in order, the officer first."""
    people = []
    for order, (title, addressed_to, words, username) in enumerate(CHAIN):
        position = Position.objects.create(agency=town, title=title)
        holder = officer if order == 0 else person(town, username, f"ผู้ลงนาม {order}")
        Appointment.objects.create(position=position, person=holder, starts=date(2020, 1, 1))
        ChainLink.objects.create(
            agency=town, order=order, position=position, addressed_to=addressed_to, words=words
        )
        people.append(holder)
    return people


def browser(someone: Person | None = None) -> Client:
    """A test client signed in as ``someone``, or as nobody."""
    client = Client()
    if someone:
        client.force_login(someone)
    return client

"""Every address × every kind of person → the answer they get. No address may be missing from the table."""

# ruff: noqa: F811 -- a fixture is asked for by the name it was imported under, 2026-11

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audit.actions import anchor
from measures.actions.evidence import add_file
from measures.actions.results import ResultInput, accept_result, save_result, submit_result
from measures.choices import Progress
from measures.models import Absence, Agency, AssessmentItem, Evidence, Person, Plan, Unit
from measures.storage import keep
from reports.codes import shown
from reports.models import Revision
from tests.access_table import PEOPLE, TABLE
from tests.conftest import browser
from tests.published import content_of, file_evidence, publish, revision_of, with_evidence
from tests.reports.conftest import plan, report, sent  # noqa: F401 -- fixtures, asked for below by name

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 12, 27, 7, 5, tzinfo=UTC)
EMBLEM = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
"""A picture of one point."""
PUBLISHED_PROOF = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def frozen(plan: Plan, contributor: Person, officer: Person) -> Evidence:
    """Internal evidence of an accepted result, there before the report is sent."""
    given = ResultInput(progress=Progress.IN_PROGRESS, percent=50, body="- จัดทำทะเบียน")
    measure, period = plan.measures.get(), plan.periods.get(number=2)
    result = save_result(measure=measure, period=period, version=None, given=given, by=contributor, at=NOW)
    proof = add_file(
        result=result, title="ทะเบียน", filename="ทะเบียน.pdf", content_type="application/pdf",
        chunks=[b"%PDF-1.4 ok"], is_public=False, by=contributor, at=NOW,
    )  # fmt: skip
    submit_result(result=result, by=contributor, at=NOW)
    accept_result(result=result, by=officer, at=NOW)
    return proof


@pytest.fixture
def addresses(
    town: Agency, plan: Plan, finance: Unit, contributor: Person, frozen: Evidence, sent: Revision,
    signed_year: Revision,
) -> dict[str, str]:  # fmt: skip
    """An address for every name, each about a thing of the town."""
    measure = plan.measures.get()
    period = plan.periods.get(number=1)
    given = ResultInput(progress=Progress.IN_PROGRESS, percent=50, body="- จัดทำทะเบียน")
    result = save_result(measure=measure, period=period, version=None, given=given, by=contributor, at=NOW)
    proof = add_file(
        result=result, title="ทะเบียน", filename="ทะเบียน.pdf", content_type="application/pdf",
        chunks=[b"%PDF-1.4 ok"], is_public=True, by=contributor, at=NOW,
    )  # fmt: skip
    submit_result(result=result, by=contributor, at=NOW)
    town.emblem_sha256 = keep([EMBLEM]).sha256
    town.save()
    position = town.positions.all()[0]
    absence = Absence.objects.create(
        person=Person.objects.get(username="mayor"), starts=NOW.date(), ends=NOW.date(), said_at=NOW
    )
    ids: dict[str, dict[str, Any]] = {
        "year": {"year": plan.fiscal_year},
        "group_id": {"group_id": plan.groups.get().pk},
        "measure_id": {"measure_id": measure.pk},
        "number": {"number": period.number},
        "uid": {"uid": proof.uid},
        "unit_id": {"unit_id": finance.pk},
        "person_id": {"person_id": contributor.pk},
        "position_id": {"position_id": position.pk},
        "appointment_id": {"appointment_id": position.appointments.get().pk},
        "absence_id": {"absence_id": absence.pk},
        "kind": {"kind": "half"},
        "item_id": {"item_id": AssessmentItem.objects.all()[0].pk},
        "report_id": {"report_id": sent.report_id},
        "letter_id": {"letter_id": town.letters.all()[0].pk},
        "revision_id": {"revision_id": sent.pk},
        "session_id": {"session_id": session_of(contributor).pk},
        "pk": {"pk": passkey_of(Person.objects.create_user("elsewhere")).pk},
        "slug": {"slug": town.slug},
        "name": {"name": "annual-1"},
        "ending": {"ending": ".docx"},
        "typed": {"typed": shown(sent.code)},
        "uidb36": {"uidb36": "1"},
        "key": {"key": "a-b"},
    }
    anchor(at=NOW)
    own = {"year": 2566, "uid": PUBLISHED_PROOF}
    made = {}
    for name, arguments in patterns().items():
        values = {k: v for argument in arguments for k, v in ids[argument].items()}
        if name == "revision_evidence":
            values["uid"] = frozen.uid
        if name == "trail_export":
            values["ending"] = "csv"
        if "slug" in values:  # the public addresses are those of the published year
            values.update({k: v for k, v in own.items() if k in values})
        made[name] = reverse(name, kwargs=values)
    return made


@pytest.fixture
def signed_year(town: Agency) -> Revision:
    """A year before, signed and published."""
    proof = file_evidence(uid=PUBLISHED_PROOF)
    revision = revision_of(with_evidence(content_of(year=2566), proof))
    publish(revision)
    return revision


def session_of(someone: Person) -> UserSession:
    """Another device on which somebody is signed in."""
    return UserSession.objects.create(user=someone, ip="192.0.2.1", session_key="elsewhere", user_agent="")


def passkey_of(someone: Person) -> Authenticator:
    """A passkey as far as lists of them go: its credential opens nothing."""
    return Authenticator.objects.create(
        user=someone, type="webauthn", data={"name": "มือถือ", "credential": {}}
    )


def patterns() -> dict[str, list[str]]:
    """Every named address of the portal with the names of its arguments."""
    found: dict[str, list[str]] = {}

    def walk(entries: list[URLPattern | URLResolver]) -> None:
        for entry in entries:
            if isinstance(entry, URLResolver):
                walk(entry.url_patterns)
            else:
                assert entry.name, f"{entry.pattern} has no name"
                found[entry.name] = list(entry.pattern.regex.groupindex)

    walk(get_resolver().url_patterns)
    return found


def test_no_address_is_missing_from_the_table() -> None:
    assert sorted(TABLE) == sorted(patterns())


@pytest.mark.parametrize("who", PEOPLE)
def test_everyone_gets_the_answer_of_the_table(
    who: str, addresses: dict[str, str], request: pytest.FixtureRequest, chain: list[Person]
) -> None:
    cast = {"anyone": None, "head": chain[1], "mayor": chain[5]}
    someone = cast[who] if who in cast else request.getfixturevalue(who)
    column = PEOPLE.index(who)
    answers, expected = {}, {}
    for name, url in addresses.items():
        expected[name] = tuple(row.split()[column] for row in TABLE[name])
        answers[name] = (ask(someone, "get", url), ask(someone, "post", url))
    assert answers == expected


def ask(someone: Person | None, method: str, url: str) -> str:
    """The status of an answer; whatever it changed is undone."""
    client: Client = browser(someone)
    with transaction.atomic():
        status = getattr(client, method)(url).status_code
        transaction.set_rollback(True)
    return str(status)

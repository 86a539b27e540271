"""Who reads a report opens its evidence: the very files that were frozen with it, and no others."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from measures.actions.evidence import add_file
from measures.actions.results import ResultInput, accept_result, save_result, submit_result
from measures.choices import Progress
from measures.models import Evidence, Person, Plan
from reports.models import Report, Revision
from tests.conftest import browser
from tests.reports.conftest import NOW, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def proof(plan: Plan, officer: Person) -> Evidence:
    """An internal file of an accepted result."""
    given = ResultInput(progress=Progress.DONE, body="- จัดทำทะเบียน")
    measure, period = plan.measures.get(), plan.periods.get(number=1)
    result = save_result(measure=measure, period=period, version=None, given=given, by=officer, at=NOW)
    made = add_file(
        result=result, title="ทะเบียน", filename="ทะเบียน.pdf", content_type="application/pdf",
        chunks=[b"%PDF-1.4 ok"], is_public=False, by=officer, at=NOW,
    )  # fmt: skip
    submit_result(result=result, by=officer, at=NOW)
    accept_result(result=result, by=officer, at=NOW)
    return made


def address(revision: Revision, uid: object) -> str:
    return reverse("revision_evidence", args=[revision.pk, uid])


def test_an_executive_opens_internal_evidence(
    proof: Evidence, report: Report, officer: Person, chain: list[Person]
) -> None:
    answer = browser(chain[3]).get(address(send(report, officer), proof.uid))
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 ok"  # type: ignore[attr-defined]
    assert (
        "%E0%B8%97%E0%B8%B0%E0%B9%80%E0%B8%9A%E0%B8%B5%E0%B8%A2%E0%B8%99.pdf" in answer["Content-Disposition"]
    )


def test_what_was_frozen_stays_though_the_result_lost_it(
    proof: Evidence, report: Report, officer: Person, chain: list[Person]
) -> None:
    revision = send(report, officer)
    proof.delete()
    answer = browser(chain[3]).get(address(revision, proof.uid))
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 ok"  # type: ignore[attr-defined]


def test_evidence_of_no_revision_is_not_there(sent: Revision, chain: list[Person]) -> None:
    assert browser(chain[3]).get(address(sent, uuid4())).status_code == 404


def test_the_page_of_the_revision_leads_to_it(
    proof: Evidence, report: Report, officer: Person, chain: list[Person]
) -> None:
    revision = send(report, officer)
    page = browser(chain[1]).get(reverse("revision", args=[revision.pk])).content.decode()
    assert f'href="{address(revision, proof.uid)}"' in page
    assert "หลักฐานที่ไม่เผยแพร่" in page

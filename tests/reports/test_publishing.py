"""What all have signed becomes public once, with the codes of the day."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.models import Event
from measures.choices import ItemKind
from measures.errors import Refused
from measures.models import AssessmentItem, Person
from reports.actions.publishing import items_of, publish
from reports.models import Publication, Report, Revision
from reports.span import spans_of
from tests.conftest import browser
from tests.reports.conftest import NOW, send, sign


def test_an_unsealed_revision_is_sealed_first(signed: Revision, officer: Person) -> None:
    assert not signed.sealed_sha256
    assert publish(revision=signed, by=officer, at=NOW).revision.sealed_sha256


def test_the_codes_are_frozen_as_they_stood(signed: Revision, officer: Person) -> None:
    publication = publish(revision=signed, by=officer, at=NOW)
    AssessmentItem.objects.all().delete()
    publication.refresh_from_db()
    assert [(i["fiscal_year"], i["code"]) for i in publication.items] == [
        (2567, "O34"), (2567, "O35"), (2568, "O28"),
    ]  # fmt: skip


def test_a_code_that_is_no_report_of_the_next_year_is_left_out(signed: Revision, officer: Person) -> None:
    AssessmentItem.objects.filter(fiscal_year=2568).update(kind=ItemKind.MEASURES)
    assert len(publish(revision=signed, by=officer, at=NOW).items) == 2


def test_a_quarter_answers_no_item_that_asks_for_a_report(db: None) -> None:
    AssessmentItem.objects.filter(code="O35").delete()
    asked = [{(item["code"], item["kind"]) for item in items_of(span)} for span in spans_of(2567)]
    assert asked == [{("O34", "measures"), ("O28", "report")}, *[{("O34", "measures")}] * 6]


def test_before_the_last_signature_nothing_is_published(sent: Revision, officer: Person) -> None:
    with pytest.raises(Refused):
        publish(revision=sent, by=officer, at=NOW)


def test_a_signers_name_that_no_font_can_print_is_told_where_it_is_published(
    signed: Revision, officer: Person
) -> None:
    signed.signoffs.filter(order=1).update(person_name="นาย한")
    answer = browser(officer).post(reverse("revision_publish", args=[signed.pk]))
    assert answer.status_code == 409
    assert "(U+D55C)" in answer.content.decode()
    assert not Publication.objects.exists()


def test_a_revision_is_published_once(signed: Revision, officer: Person) -> None:
    publish(revision=signed, by=officer, at=NOW)
    with pytest.raises(Refused, match="เผยแพร่ฉบับนี้แล้ว"):
        publish(revision=signed, by=officer, at=NOW)


def test_a_newer_revision_leaves_the_older_where_it_is(
    signed: Revision, report: Report, chain: list[Person], officer: Person
) -> None:
    publish(revision=signed, by=officer, at=NOW)
    Report.objects.filter(pk=report.pk).update(closing="จึงเรียนมาเพื่อทราบ")
    newer = send(report, officer)
    for signatory in chain[1:]:
        sign(newer, signatory)
    publish(revision=newer, by=officer, at=NOW)
    assert list(Publication.objects.standing().values_list("revision__number", flat=True)) == [1, 2]


def test_publishing_is_in_the_trail(signed: Revision, officer: Person) -> None:
    publish(revision=signed, by=officer, at=NOW)
    event = Event.objects.about("revision", signed.pk).get(act="revision.published")
    assert event.details["sealed_sha256"] == signed.sealed_sha256


def test_the_page_says_what_everyone_will_see(signed: Revision, officer: Person) -> None:
    page = browser(officer).get(reverse("revision_publish", args=[signed.pk])).content.decode()
    assert "O34" in page
    assert "เมื่อเผยแพร่แล้ว ทุกคนเปิดอ่านได้และไฟล์จะไม่เปลี่ยนแปลง" in page


def test_pressing_twice_publishes_once_with_the_same_answer(signed: Revision, officer: Person) -> None:
    data = {"request_key": "5b1c9d0e-0000-4000-8000-000000000003"}
    answers = [browser(officer).post(reverse("revision_publish", args=[signed.pk]), data) for _ in range(2)]
    assert [a["Location"] for a in answers] == [reverse("revision", args=[signed.pk])] * 2
    assert Publication.objects.count() == 1


def test_an_executive_does_not_publish(signed: Revision, chain: list[Person]) -> None:
    answer = browser(chain[5]).post(reverse("revision_publish", args=[signed.pk]))
    assert answer.status_code == 403
    assert not Publication.objects.exists()

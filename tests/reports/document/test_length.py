"""How long a document may be: 500 measures always, and what is more than can be printed is refused before it is set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from measures.bullets import Bullet
from measures.models import Outcome, Person
from reports.content import Content, Section
from reports.document import length
from reports.document.length import TooLong, lines
from reports.document.pdf import render_pdf
from reports.models import Report
from tests.conftest import browser
from tests.reports.document.conftest import with_measure, with_memorandum


def test_500_real_measures_are_less_than_half_of_what_may_be(content: Content) -> None:
    real = [measure for group in content.table.groups for measure in group.measures]
    many = tuple(real[number % len(real)] for number in range(500))
    group = replace(content.table.groups[0], measures=many)
    assert lines(replace(content, table=replace(content.table, groups=(group,)))) < length.MOST / 2


@pytest.mark.parametrize("text", ["ก" * 2_000_000, "ก\n" * 40_000], ids=["one paragraph", "many"])
def test_a_memorandum_without_end_is_refused(text: str, content: Content) -> None:
    with pytest.raises(TooLong):
        render_pdf(with_memorandum(content, sections=(Section("๑", "ยาว", text),)), stage="draft")


def test_a_cell_without_end_is_refused(content: Content) -> None:
    nested = Bullet("-", "ก", tuple(Bullet("-", "ข") for _ in range(length.MOST)))
    with pytest.raises(TooLong):
        render_pdf(with_measure(content, results=(nested,)), stage="draft")


def test_ten_thousand_measures_are_refused(content: Content) -> None:
    measure = replace(content.table.groups[0].measures[0], steps=(), results=(), due_text="")
    group = replace(content.table.groups[0], measures=(measure,) * 10_000)
    with pytest.raises(TooLong) as raised:
        render_pdf(replace(content, table=replace(content.table, groups=(group,))), stage="presented")
    assert raised.value.lines > 50_000


def test_the_sentence_says_how_much_there_is_and_may_be() -> None:
    assert "๔๒,๐๐๐ บรรทัด ระบบพิมพ์ได้ครั้งละไม่เกิน ๓๐,๐๐๐ บรรทัด" in str(TooLong(42_000, thai=True))
    assert "42,000 บรรทัด" in str(TooLong(42_000, thai=False))


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx"])
def test_the_desk_answers_with_the_sentence(
    ending: str, report: Report, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Outcome.objects.update(body="- ข้อความ\n" * 40)
    monkeypatch.setattr(length, "MOST", 30)
    answer = browser(officer).get(f"/desk/reports/{report.pk}/draft{ending}")
    assert answer.status_code == 409
    assert "เอกสารยาวเกินไป" in answer.content.decode()

"""The command writes what is sealed, else what was presented, else a draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from measures import storage
from measures.models import Person, Plan
from reports.models import Report, Revision


def render(target: Path, slug: str = "tuayang", year: str = "2567", **options: object) -> bytes:
    call_command("render_report", slug, year, output=str(target), verbosity=0, **options)
    return target.read_bytes()


def test_a_sealed_revision_comes_as_it_was_sealed(signed: Revision, tmp_path: Path) -> None:
    pdf = render(tmp_path / "r.pdf")
    signed.refresh_from_db()
    assert pdf == storage.read(signed.sealed_sha256)


def test_a_revision_in_the_chain_comes_as_it_was_presented(sent: Revision, tmp_path: Path) -> None:
    assert render(tmp_path / "r.pdf") == storage.read(sent.presented_sha256)


def test_without_any_revision_it_is_a_draft(report: Report, tmp_path: Path) -> None:
    assert render(tmp_path / "r.pdf").startswith(b"%PDF-")


def test_without_any_report_it_is_composed_and_nothing_is_written(
    plan: Plan, chain: list[Person], tmp_path: Path
) -> None:
    assert render(tmp_path / "r.pdf", year="๒๕๖๗").startswith(b"%PDF-")
    assert not Report.objects.exists()


def test_a_quarter_is_its_own_document(
    plan: Plan, sent: Revision, chain: list[Person], tmp_path: Path
) -> None:
    pdf = render(tmp_path / "q.pdf", kind="quarter", part=2)
    assert "ไตรมาสที่ ๒ (มกราคม – มีนาคม ๒๕๖๗)" in PdfReader(tmp_path / "q.pdf").pages[0].extract_text()
    assert pdf != storage.read(sent.presented_sha256)


@pytest.mark.parametrize(("kind", "part"), [("quarter", 0), ("half", 3), ("annual", 1)])
def test_a_part_that_does_not_exist_is_named(plan: Plan, tmp_path: Path, kind: str, part: int) -> None:
    with pytest.raises(CommandError, match=f"--kind {kind} ไม่มี --part {part}"):
        render(tmp_path / "r.pdf", kind=kind, part=part)


def test_an_unknown_town_is_named(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match='ไม่มีหน่วยงาน "nope"'):
        render(tmp_path / "r.pdf", slug="nope")


def test_a_year_without_a_plan_is_named(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"ยังไม่มีมาตรการในปีงบประมาณ พ\.ศ\. 2566"):
        render(tmp_path / "r.pdf", year="2566")


def test_where_it_cannot_be_written_nothing_is_left_behind(report: Report, tmp_path: Path) -> None:
    (tmp_path / "r.pdf").mkdir()
    with pytest.raises(CommandError, match="เขียนไฟล์"):
        render(tmp_path / "r.pdf")
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".pdf"] == ["r.pdf"]


def test_an_altered_file_is_not_handed_out(sent: Revision, tmp_path: Path) -> None:
    storage.path_of(sent.presented_sha256).write_bytes(b"%PDF-1.7 other")
    with pytest.raises(CommandError, match="หรือไฟล์ถูกแก้ไข"):
        render(tmp_path / "r.pdf")

"""The trail on the desk: in words, looked through, checked, and handed out as a file that a script can check."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from audit import guards
from audit.actions import record
from audit.models import Anchor, Event
from measures.actions.heads import publish_heads
from measures.choices import LetterKind
from measures.models import Agency, Letter, Person, QuarterlyResult
from tests.conftest import browser

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
SCRIPT = Path(__file__).parents[2] / "docs" / "verify_trail.py"


@pytest.fixture
def trail(town: Agency, officer: Person) -> list[Event]:
    """Three acts of the officer, one of them with a title that a spreadsheet would compute."""
    titles = ("มาตรการหนึ่ง", "=1+1", "มาตรการ\u2028สาม")
    return [
        record("measure.added", agency_id=town.pk, by=officer, at=AT, about=town, title=title)
        for title in titles
    ]


def page(someone: Person, **asked: Any) -> str:
    return browser(someone).get(reverse("trail"), asked).content.decode()


def export(someone: Person, ending: str) -> bytes:
    answer = browser(someone).get(reverse("trail_export", args=[ending]))
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_an_act_is_told_in_words(trail: list[Event], auditor: Person) -> None:
    assert "<b>นางสาวตัวอย่าง สอง</b> เพิ่มมาตรการ “มาตรการหนึ่ง”" in page(auditor)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"since": "25 พ.ย. 2569"}, 0),
        ({"until": "24 พ.ย. 2569"}, 3),
        ({"group": "signing"}, 0),
        ({"group": "plans"}, 3),
        ({"before": 3}, 2),
        ({"about": "measure-999999"}, 0),
        ({"since": "ไม่ใช่วัน", "about": "<b>", "group": "x", "before": "x", "who": "x"}, 3),
    ],
)
def test_the_trail_is_looked_through(
    trail: list[Event], officer: Person, asked: dict[str, Any], found: int
) -> None:
    assert page(officer, **asked).count("เพิ่มมาตรการ “") == found


def test_the_trail_of_one_person_and_of_one_thing(trail: list[Event], town: Agency, officer: Person) -> None:
    record("agency.changed", agency_id=town.pk, by=None, at=AT)
    assert "แก้ไขข้อมูลหน่วยงาน" not in page(officer, who=officer.pk)
    assert page(officer, about=f"agency-{town.pk}").count("เพิ่มมาตรการ “") == 3


def test_a_long_trail_is_read_in_pages(town: Agency, officer: Person) -> None:
    for number in range(60):
        record("unit.added", agency_id=town.pk, by=officer, at=AT, name=f"งาน{number}")
    first = page(officer)
    # The sign-in is the newest of the fifty.
    assert (first.count("เพิ่มส่วนราชการ"), "before=12" in first) == (49, True)
    assert page(officer, before=12).count("เพิ่มส่วนราชการ") == 11


def test_nobody_reads_another_agencys_trail(trail: list[Event], stranger: Person) -> None:
    assert "มาตรการหนึ่ง" not in page(stranger)
    assert "มาตรการหนึ่ง".encode() not in export(stranger, "jsonl")


def test_the_history_of_a_measure_holds_what_was_reported_on_it(town: Agency, officer: Person) -> None:
    for measure in (7, 71):
        record(
            "result.submitted",
            agency_id=town.pk,
            by=officer,
            at=AT,
            about=QuarterlyResult(pk=1),
            measure=measure,
        )
    assert page(officer, about="measure-7").count("ให้ตรวจ") == 1


def test_checking_says_in_words_that_all_is_well(trail: list[Event], auditor: Person) -> None:
    assert "สายครบถ้วน" in browser(auditor).get(reverse("trail_check")).content.decode()


def test_checking_says_in_words_what_is_wrong(trail: list[Event], auditor: Person) -> None:
    guards.lift_guards()
    Event.objects.filter(pk=trail[1].pk).update(actor_name="คนอื่น")
    found = browser(auditor).get(reverse("trail_check")).content.decode()
    assert f"เหตุการณ์ที่ {trail[1].seq} ถูกแก้ไข" in found


def test_an_export_is_an_event_and_its_own_last_line(trail: list[Event], auditor: Person) -> None:
    handed = export(auditor, "jsonl").decode().strip().split("\n")
    last = Event.objects.order_by("seq").last()
    assert last is not None
    assert (last.act, last.actor_id, last.details) == ("trail.exported", auditor.pk, {"format": "JSONL"})
    assert last.hash in handed[-1]


def test_no_cell_of_the_table_is_a_formula(trail: list[Event], auditor: Person) -> None:
    rows = list(csv.reader(io.StringIO(export(auditor, "csv").decode("utf-8-sig"))))
    assert rows[0][:3] == ["seq", "at", "actor"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows[1:] for cell in row)
    assert rows[1][1] == "2026-11-24T14:05:00+07:00"


# --- the script of the documents ---------------------------------------------------------------------------------


@pytest.fixture
def exported(trail: list[Event], auditor: Person, tmp_path: Path) -> Path:
    publish_heads(at=AT)
    file = tmp_path / "trail.jsonl"
    file.write_bytes(export(auditor, "jsonl"))
    return file


def check(*files: Path) -> tuple[int, str]:
    """The script's exit code and what it said, run by a bare Python."""
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *map(str, files)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def heads(tmp_path: Path, client: Client, address: str) -> Path:
    file = tmp_path / "heads.txt"
    file.write_bytes(client.get(address).content)
    return file


def test_the_script_is_short() -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 40


def test_the_script_finds_a_good_export_good(exported: Path, town: Agency, tmp_path: Path) -> None:
    published = heads(tmp_path, Client(), reverse("trail_heads", args=[town.slug]))
    code, said = check(exported, published)
    assert (code, "1 known heads agree" in said) == (0, True)


@pytest.mark.parametrize("place", range(1, 11))
def test_the_script_finds_a_change_of_any_column(exported: Path, place: int) -> None:
    import json  # noqa: PLC0415 -- for these few alone, 2026-11

    rows = [json.loads(row) for row in exported.read_text(encoding="utf-8").strip().split("\n")]
    was = rows[1]["event"][place]
    rows[1]["event"][place] = was + 1 if isinstance(was, int) else f"{was}x"
    exported.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    code, said = check(exported)
    assert (code, "event 2" in said or "event 3" in said) == (1, True)


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (lambda rows: [rows[0], *rows[2:]], "event 2 is missing or moved"),
        (lambda rows: [rows[1], rows[0], *rows[2:]], "event 1 is missing or moved"),
        (lambda rows: [*rows[:2], rows[1], *rows[2:]], "event 3 is missing or moved"),
        (lambda rows: [rows[0], "{}\n", *rows[1:]], "line 2 is no event"),
        (lambda rows: [rows[0].replace('"hash":"', '"hash":"f'), *rows[1:]], "event 1 was changed"),
        (lambda rows: [], "there is no event"),
    ],
)
def test_the_script_names_what_was_done(exported: Path, tamper: Any, says: str) -> None:
    rows = exported.read_text(encoding="utf-8").splitlines(keepends=True)
    rows = "".join(rows).split("\n")[:-1]
    exported.write_text(
        "\n".join(tamper([f"{row}\n" for row in rows])).replace("\n\n", "\n"), encoding="utf-8"
    )
    code, said = check(exported)
    assert (code, says in said) == (1, True), said


def test_the_script_finds_a_cut_tail_by_the_heads(exported: Path, town: Agency, tmp_path: Path) -> None:
    published = heads(tmp_path, Client(), reverse("trail_heads", args=[town.slug]))
    rows = exported.read_text(encoding="utf-8").split("\n")
    exported.write_text("\n".join(rows[:2]) + "\n", encoding="utf-8")
    assert check(exported)[0] == 0
    code, said = check(exported, published)
    assert (code, "here it is cut off" in said) == (1, True)


# --- published and mailed ----------------------------------------------------------------------------------------


def test_heads_are_published_without_a_name(trail: list[Event], town: Agency) -> None:
    publish_heads(at=AT)
    anchor = Anchor.objects.get(chain=town.pk)
    for address in (reverse("trail_heads", args=[town.slug]), reverse("all_heads")):
        answer = Client().get(address)
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert str(anchor.known) in answer.content.decode()
        assert "นางสาว" not in answer.content.decode()
    assert anchor.hash in Client().get(reverse("trail_page", args=[town.slug])).content.decode()


def test_an_agency_without_an_anchor_has_no_page(other_town: Agency) -> None:
    assert Client().get(reverse("trail_page", args=[other_town.slug])).status_code == 404
    assert Client().get(reverse("all_heads")).content == b""


def test_heads_are_mailed_once_a_day_to_those_who_keep_them(
    trail: list[Event], town: Agency, auditor: Person, administrator: Person, portal_administrator: Person
) -> None:
    Agency.objects.filter(pk=town.pk).update(email="saraban@example.go.th")
    for person in (auditor, administrator, portal_administrator):
        person.email = f"{person.username}@example.go.th"
        person.save()
    publish_heads(at=AT)
    publish_heads(at=AT + timedelta(hours=1))
    letters = Letter.objects.filter(kind=LetterKind.HEADS)
    assert sorted(letters.values_list("address", flat=True)) == [
        "administrator@example.go.th",
        "auditor@example.go.th",
        "portal@example.go.th",
        "saraban@example.go.th",
    ]
    known = {str(each.known) for each in Anchor.objects.all()}
    assert all(line in letters.get(address="auditor@example.go.th").body for line in known)


def test_a_day_on_which_nothing_happened_is_anchored_and_not_mailed(trail: list[Event], town: Agency) -> None:
    Agency.objects.filter(pk=town.pk).update(email="saraban@example.go.th")
    publish_heads(at=AT)
    publish_heads(at=AT + timedelta(days=1))
    assert Anchor.objects.filter(chain=town.pk).count() == 2
    assert Letter.objects.count() == 1


def test_a_mailed_letter_is_what_the_command_checks_with(
    trail: list[Event], town: Agency, tmp_path: Path
) -> None:
    Agency.objects.filter(pk=town.pk).update(email="saraban@example.go.th")
    call_command("anchor_trail")
    letter = tmp_path / "letter.txt"
    letter.write_text(Letter.objects.get().body, encoding="utf-8")
    call_command("verify_audit", heads=str(letter))

"""The same content gives the same bytes: at once, in another process elsewhere, from the database, for ever."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from reports.content import Content, Endorsement
from reports.document.pdf import render_pdf
from reports.exports import attached
from tests.reports.document.marked import acts_of, sealed_mark, some_acts


@pytest.fixture(scope="module")
def content(content: Content) -> Content:
    """The report with two of its groups."""
    return replace(content, table=replace(content.table, groups=content.table.groups[:2]))


def emblem() -> bytes:
    file = BytesIO()
    Image.new("RGBA", (40, 60), (120, 30, 40, 128)).save(file, "PNG")
    return file.getvalue()


def test_twice_in_one_process(content: Content, endorsements: tuple[Endorsement, ...]) -> None:
    first, second = (
        render_pdf(
            content,
            stage="sealed",
            endorsements=endorsements,
            emblem=emblem(),
            attached=attached(content),
            mark=sealed_mark(content),
            acts=acts_of(content, endorsements),
        )
        for _ in range(2)
    )
    assert first == second


def test_after_another_document_was_printed(content: Content) -> None:
    before = render_pdf(content, stage="presented")
    render_pdf(replace(content, thai_digits=False), stage="draft", emblem=emblem())
    assert render_pdf(content, stage="presented") == before


def test_read_back_from_its_json(content: Content) -> None:
    again = Content.from_json(content.canonical_json())
    assert render_pdf(again, stage="presented", attached=attached(again)) == render_pdf(
        content, stage="presented", attached=attached(content)
    )


def test_a_rehearsal_too(content: Content) -> None:
    rehearsal = replace(content, is_rehearsal=True)
    first, second = (render_pdf(rehearsal, stage="draft") for _ in range(2))
    assert first == second


def elsewhere(content: Content, directory: Path, **environment: str) -> str:
    file = directory / "content.json"
    file.write_text(content.canonical_json(), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "tests.reports.document.another", str(file)],
        env=os.environ | environment,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.strip()


def hash_here(content: Content) -> str:
    pdf = render_pdf(
        content,
        stage="sealed",
        attached=attached(content),
        mark=sealed_mark(content),
        acts=some_acts(content),
    )
    return hashlib.sha256(pdf).hexdigest()


@pytest.mark.parametrize(("zone", "seed"), [("Pacific/Kiritimati", "1"), ("America/Los_Angeles", "2")])
def test_on_another_day_in_another_zone_and_process(
    content: Content, zone: str, seed: str, tmp_path: Path, settings: Settings
) -> None:
    there = elsewhere(
        content, tmp_path, TZ=zone, PYTHONHASHSEED=seed, LC_ALL="C", ITA_DATA_DIR=str(settings.DATA_DIR)
    )
    assert there == hash_here(content)


def test_with_fonts_made_anew_in_another_place(content: Content, tmp_path: Path, other_home: Path) -> None:
    assert elsewhere(content, tmp_path, ITA_DATA_DIR=str(other_home)) == hash_here(content)

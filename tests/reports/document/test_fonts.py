"""Fonts: the same from the same source, found at start or said to be missing."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from pytest_django.fixtures import Settings

from reports.checks import document_can_be_printed
from reports.document import fonts


def files(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in sorted(directory.rglob("*.*f*"))}


def test_fonts_are_the_same_from_the_same_source(font_home: Path, tmp_path: Path) -> None:
    fonts.build_fonts(tmp_path)
    again, first = files(tmp_path / "print"), files(font_home / "fonts" / "print")
    assert again == first
    assert files(tmp_path / "web").keys() == {"sarabun-400.woff2", "sarabun-600.woff2", "sarabun-700.woff2"}


def test_fonts_are_made_once(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    call_command("build_fonts", verbosity=0)
    before = (tmp_path / "fonts" / "stamp").stat().st_mtime_ns
    call_command("build_fonts", verbosity=0)
    assert (tmp_path / "fonts" / "stamp").stat().st_mtime_ns == before


def test_nothing_is_wrong_where_the_fonts_are() -> None:
    assert document_can_be_printed() == []


def test_missing_fonts_stop_the_start_in_one_sentence(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    (problem,) = document_can_be_printed()
    assert problem.msg.endswith("run manage.py build_fonts.")


def test_a_font_that_fontconfig_does_not_find_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    fonts.build_fonts(tmp_path / "fonts")
    config = tmp_path / "fonts" / "fonts.conf"
    config.write_text(config.read_text().replace(">print<", ">nowhere<"))
    (problem,) = document_can_be_printed()
    assert problem.id == "reports.E004"

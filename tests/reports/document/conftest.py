"""The demonstration's report as frozen content, and the fonts it is printed in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

import reports
from measures.bullets import Bullet
from measures.thai import thai_digits
from reports.content import (
    FIVE,
    Agency,
    Column,
    Content,
    Endorsement,
    Group,
    Measure,
    Memorandum,
    Section,
    Signer,
    Step,
    Table,
)
from reports.document import fonts
from reports.document.engine import font_directory

DEMO = Path(reports.__file__).parent / "demo" / "plan-2567.json"


@pytest.fixture(scope="session")
def font_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with fonts, to be read only: the installation's where they are what would be made."""
    if fonts.is_current(font_directory()):
        return font_directory().parent
    return _made(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def other_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another, whose fonts were made anew."""
    return _made(tmp_path_factory.mktemp("other place"))


def _made(home: Path) -> Path:
    fonts.build_fonts(home / "fonts")
    return home


@pytest.fixture(autouse=True)
def printed_in_own_fonts(settings: Settings, font_home: Path) -> None:
    settings.DATA_DIR = font_home


@pytest.fixture(scope="session")
def content() -> Content:
    """The whole report of the demonstration, for the year."""
    data = json.loads(DEMO.read_text(encoding="utf-8"))
    table = data["table"]
    return Content(
        agency=Agency("tuayang", data["agency"]["name_th"]),
        fiscal_year=data["fiscal_year_be"],
        kind="annual",
        memorandum=_memorandum(data["memorandum"]),
        table=Table(
            table["title_th"], table["subtitle_th"], _columns(table["columns_th"]), tuple(map(_group, table["groups"]))
        ),
        signers=tuple(
            Signer(
                order, link["position_th"], link.get("addressed_to_th", ""), link.get("endorsement_th", ""),
                name="" if order else "นางสาวตัวอย่าง สอง",
            )
            for order, link in enumerate(data["memorandum"]["chain"])
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def endorsements(content: Content) -> tuple[Endorsement, ...]:
    """Everybody has signed; the fifth acted for a vacant position."""
    return tuple(
        Endorsement(
            signer.order, f"นายตัวอย่าง {'กขคงจฉ'[signer.order]}",
            ("รองปลัดเทศบาล รักษาราชการแทน", signer.position) if signer.order == 4 else (signer.position,),
            signer.words, signer.addressed_to, f"๒ มกราคม ๒๕๖๘ เวลา ๐๙.{thai_digits(signer.order + 10)} น.",
        )
        for signer in content.signers
    )  # fmt: skip


def with_measure(content: Content, **changes: Any) -> Content:
    """``content`` with a changed copy of its first measure as the second row of its first group."""
    first, *others = content.table.groups
    measure = replace(first.measures[0], key="changed", number="๑.๒", **changes)
    group = replace(first, measures=(first.measures[0], measure))
    return replace(content, table=replace(content.table, groups=(group, *others)))


def with_memorandum(content: Content, **changes: Any) -> Content:
    """``content`` with its memorandum changed."""
    return replace(content, memorandum=replace(content.memorandum, **changes))


def sentences(content: Content) -> Iterator[str]:
    """Every text of ``content`` as it is printed, with its number."""
    memo, table = content.memorandum, content.table
    yield from (
        memo.section,
        memo.number,
        memo.subject,
        memo.addressee,
        memo.closing,
        table.title,
        table.subtitle,
    )
    yield from (column.heading for column in table.columns)
    for section in memo.sections:
        yield f"{section.number}. {section.title}"
        yield from section.body.splitlines()
        yield from _lines(section.items)
    for signer in content.signers:
        yield from (signer.position, signer.addressed_to, signer.words)
    for group in table.groups:
        yield f"{group.number}. {group.title}"
        for measure in group.measures:
            yield f"{measure.number} {measure.title}"
            yield from (f"{step.number}. {step.text}" for step in measure.steps)
            yield from _lines(measure.results)
            yield from (measure.due_text, measure.units_printed)


def _lines(bullets: tuple[Bullet, ...]) -> Iterator[str]:
    for bullet in bullets:
        yield f"{bullet.marker} {bullet.text}"
        yield from _lines(bullet.items)


def _memorandum(memo: dict[str, Any]) -> Memorandum:
    return Memorandum(
        section=memo["section_th"], number=memo["number_th"], date=date.fromisoformat(memo["date"]),
        subject=memo["subject_th"], addressee=memo["to_th"], closing=memo["closing_th"],
        sections=tuple(
            Section(part["number_th"], part["title_th"], part["body_th"], _numbered(part.get("items_th", ())))
            for part in memo["sections"]
        ),
    )  # fmt: skip


def _columns(headings: list[str]) -> tuple[Column, ...]:
    return tuple(Column(source, heading) for source, heading in zip(FIVE, headings, strict=True))


def _group(group: dict[str, Any]) -> Group:
    measures = tuple(
        Measure(
            key=f"m{number}", number=row["printed_number"], title=row["title_th"],
            steps=tuple(Step(thai_digits(place), text) for place, text in enumerate(row["steps_th"], 1)),
            units=tuple(row["units_th"]), units_printed=row.get("units_printed_th", ""), due_text=row["due_th"],
            results=tuple(
                Bullet(result["marker"], result["text"], _numbered(result.get("items", ())))
                for result in row["results_th"]
            ),
        )
        for number, row in enumerate(group["measures"])
    )  # fmt: skip
    return Group(group["printed_number"], group["printed_number"], group["title_th"], measures)


def _numbered(texts: Any) -> tuple[Bullet, ...]:
    return tuple(Bullet(f"{thai_digits(number)}.", text) for number, text in enumerate(texts, 1))

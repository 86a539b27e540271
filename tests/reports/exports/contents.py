"""Contents as people may type them, and the same content put together again from the rows of its tidy tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from measures.bullets import Bullet, Bullets, bullet, parse
from measures.choices import Progress
from measures.fiscal import quarters_of
from measures.thai import canonical
from reports.columns import LABELS, USUAL
from reports.content import (
    Agency,
    Column,
    Contact,
    Content,
    Evidence,
    Group,
    Measure,
    Memorandum,
    Quarter,
    Reference,
    Section,
    Signer,
    Step,
    Table,
)

Row = Mapping[str, Any]

YEAR = 2567
LAYOUTS = (
    USUAL,
    (Column("measure", "มาตรการ"), *(Column(f"period{n}", f"ไตรมาส {n}") for n in range(1, 5))),
    tuple(Column(source, heading) for source, heading in list(LABELS.items())[:12]),
    (
        Column("results", "ผล"),
        Column("obstacles", "ปัญหา"),
        Column("suggestions", "เสนอ"),
        Column("remark", "หมายเหตุ"),
    ),
    (Column("measure", "=มาตรการ"),),
)
"""Columns of the form, a column a quarter, as many as there may be, lists only, a single one."""

# What a spreadsheet, XML or CSV could stumble over, between the letters of a report.
_LETTERS = st.sampled_from("กขคงำ่้ี ุๆฯ๑๒12aZ=+-@＝'\"<>&,;\t•%_#😀")
LINE = st.text(_LETTERS, max_size=12).map(canonical)
_FILLED = LINE.filter(bool)
_BULLETS = st.lists(
    st.builds(
        lambda marker, text, items: bullet(marker, text, [bullet("-", item) for item in items]),
        st.sampled_from(["-", "๑.", "(1)", ""]),
        _FILLED,
        st.lists(_FILLED, max_size=2),
    ),
    max_size=3,
).map(lambda bullets: tuple(bullets))
_MONEY = st.none() | st.integers(0, 10**9).map(lambda satang: f"{Decimal(satang) / 100:.2f}")
_PROGRESS = st.sampled_from(["", *Progress.values])
_PERCENT = st.none() | st.integers(0, 100)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """A content whose every text may be anything that the portal's forms let through."""
    keys = (f"m{number}" for number in range(1, 100))
    groups = tuple(
        Group(
            f"g{place}",
            draw(LINE),
            draw(LINE),
            tuple(draw(_measure(next(keys))) for _ in range(draw(st.integers(0, 2)))),
        )
        for place in range(draw(st.integers(0, 2)))
    )
    return Content(
        agency=Agency("tuayang", draw(LINE), draw(LINE), draw(LINE), "", Contact(*(draw(LINE) for _ in range(6)))),
        fiscal_year=YEAR,
        kind="half",
        part=draw(st.sampled_from([1, 2])),
        memorandum=draw(_memorandum()),
        table=Table(draw(LINE), draw(LINE), draw(st.sampled_from(LAYOUTS)), groups),
        signers=tuple(Signer(order, *(draw(LINE) for _ in range(4))) for order in range(draw(st.integers(0, 3)))),
        thai_digits=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def _memorandum(draw: st.DrawFn) -> Memorandum:
    sections = tuple(
        Section(draw(LINE), draw(LINE), "\n".join(draw(st.lists(_FILLED, max_size=2))), draw(_BULLETS))
        for _ in range(draw(st.integers(0, 2)))
    )
    earlier = Reference(draw(_FILLED), draw(st.none() | st.just(date(2024, 2, 29))), draw(LINE))
    return Memorandum(
        section=draw(LINE), number=draw(LINE), date=draw(st.none() | st.just(date(2024, 12, 27))), subject=draw(LINE),
        addressee=draw(LINE), sections=sections, closing=draw(LINE), refers_to=draw(st.none() | st.just(earlier)),
        ita_score=draw(_MONEY) or "", ita_target="95.00",
    )  # fmt: skip


@st.composite
def _measure(draw: st.DrawFn, key: str) -> Measure:
    quarters = tuple(
        Quarter(
            q.number, q.label(), q.starts, q.ends, draw(st.booleans()), draw(_PROGRESS), draw(_PERCENT), draw(LINE),
            draw(_BULLETS), draw(st.sampled_from([(), (1,), (1, 3)])), draw(_evidence(f"{key}-{q.number}")),
            draw(_BULLETS), draw(_BULLETS),
        )
        for q in quarters_of(YEAR)[: draw(st.integers(0, 2))]
    )  # fmt: skip
    return Measure(
        key=key, number=draw(LINE), title=draw(LINE), units=tuple(draw(st.lists(_FILLED, max_size=2))),
        steps=tuple(Step(str(place), draw(LINE)) for place in range(draw(st.integers(0, 2)))),
        units_printed=draw(LINE), due_text=draw(LINE), due=draw(st.none() | st.just(date(2024, 9, 30))),
        progress=draw(_PROGRESS), results=draw(_BULLETS), quarters=quarters, indicator=draw(LINE), target=draw(LINE),
        budget=draw(_MONEY) or "", percent=draw(_PERCENT), obstacles=draw(_BULLETS), suggestions=draw(_BULLETS),
        remark=draw(LINE),
    )  # fmt: skip


def _evidence(uid: str) -> st.SearchStrategy[tuple[Evidence, ...]]:
    public = Evidence(
        uid, True, "ประกาศ", "https://example.go.th/?a=1&b=2", "ประกาศ.pdf", "0" * 64, 12, "application/pdf"
    )
    return st.sampled_from([(), (public,), (public, Evidence(f"{uid}-2", False, sha256="1" * 64))])


# --- together again ---------------------------------------------------------------------------------------------


def rebuilt(tables: Mapping[str, Sequence[Row]]) -> Content:
    """The content that these rows say."""
    (report,) = tables["report"]
    columns = tuple(Column(row["source"], row["heading"]) for row in tables["columns"])
    groups = tuple(
        Group(
            row["group_key"], row["group_number"], row["group_title"],
            tuple(_read_measure(m, tables) for m in tables["measures"] if m["group_key"] == row["group_key"]),
        )
        for row in tables["groups"]
    )  # fmt: skip
    contact = [
        report[name]
        for name in ("address", "phone", "email", "website", "complaint_channel", "complaint_url")
    ]
    return Content(
        agency=Agency(
            report["agency"], report["agency_name"], report["agency_name_en"], report["province"],
            report["emblem_sha256"], Contact(*contact),
        ),
        fiscal_year=report["fiscal_year_be"], kind=report["kind"], part=report["part"],
        memorandum=_read_memorandum(report, tables["sections"]),
        table=Table(report["table_title"], report["table_subtitle"], columns, groups),
        signers=tuple(
            Signer(row["signer_order"], row["position"], row["addressed_to"], row["words"], row["name"])
            for row in tables["signers"]
        ),
        thai_digits=report["thai_digits"], top_mm=report["top_mm"], format=report["format"],
    )  # fmt: skip


def _read_memorandum(report: Row, sections: Sequence[Row]) -> Memorandum:
    number = report["refers_to_number"]
    return Memorandum(
        section=report["section"], number=report["number"], date=report["date"], subject=report["subject"],
        addressee=report["addressee"], closing=report["closing"],
        sections=tuple(
            Section(row["section_number"], row["title"], row["body"], parse(row["items"])) for row in sections
        ),
        refers_to=Reference(number, report["refers_to_date"], report["refers_to_subject"]) if number else None,
        ita_score=_money(report["ita_score"]), ita_target=_money(report["ita_target"]),
    )  # fmt: skip


def _read_measure(row: Row, tables: Mapping[str, Sequence[Row]]) -> Measure:
    def mine(name: str) -> list[Row]:
        return [other for other in tables[name] if other["measure_key"] == row["measure_key"]]

    return Measure(
        key=row["measure_key"], number=row["measure_number"], title=row["title"],
        steps=tuple(Step(step["step_number"], step["text"]) for step in mine("steps")),
        units=tuple(row["units"].splitlines()), units_printed=row["units_printed"], due_text=row["due_text"],
        due=row["due"], progress=row["progress"] or "", results=parse(row["results"]),
        quarters=tuple(_read_quarter(quarter, mine("evidence")) for quarter in mine("results")),
        indicator=row["indicator"], target=row["target"], budget=_money(row["budget_baht"]), percent=row["percent"],
        obstacles=parse(row["obstacles"]), suggestions=parse(row["suggestions"]), remark=row["remark"],
    )  # fmt: skip


def _read_quarter(row: Row, evidence: Sequence[Row]) -> Quarter:
    return Quarter(
        number=row["period_number"], name=row["period_name"], starts=row["starts"], ends=row["ends"],
        reported=row["reported"], progress=row["progress"] or "", percent=row["percent"], nil_reason=row["nil_reason"],
        results=parse(row["results"]), steps_done=tuple(map(int, filter(None, row["steps_done"].split(";")))),
        evidence=tuple(
            Evidence(
                one["evidence_uid"], one["public"], one["title"], one["url"], one["filename"], one["sha256"],
                one["size_bytes"] or 0, one["content_type"],
            )
            for one in evidence
            if one["period_number"] == row["period_number"]
        ),
        obstacles=parse(row["obstacles"]), suggestions=parse(row["suggestions"]),
    )  # fmt: skip


def _money(value: Any) -> str:
    return "" if value is None else f"{Decimal(str(value)):.2f}"


def with_texts(content: Content, text: str) -> Content:
    """``content`` with ``text`` in its first measure, as its name and in every other field."""
    first, *groups = content.table.groups
    listed: Bullets = (Bullet("", text),)
    measure = replace(
        first.measures[0], title=text, results=listed, indicator=text, target=text, remark=text, obstacles=listed,
        units_printed=text, due_text=text,
    )  # fmt: skip
    group = replace(first, measures=(measure, *first.measures[1:]))
    return replace(content, table=replace(content.table, groups=(group, *groups)))

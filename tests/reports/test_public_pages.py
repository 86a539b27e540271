"""What everyone may read: drawn from what was published, at addresses that stay, without a cookie."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils.html import strip_tags

from measures.choices import Progress
from measures.models import Agency, Plan
from reports.content import Column, Content, Evidence
from reports.models import Revision
from reports.views.public import PAGES
from tests.published import PDF, content_of, file_evidence, publish, revision_of, with_evidence, withdraw

pytestmark = pytest.mark.django_db

YEAR = "/tuayang/2567/"
REPORT = "/tuayang/2567/reports/annual-1/"
REPORT_PDF = "/tuayang/2567/reports/annual-1.pdf"
UID = "11111111-1111-4111-8111-111111111111"
EVIDENCE = f"/tuayang/2567/evidence/{UID}/"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    PAGES.clear()


def read(address: str) -> str:
    """The page's text, which must be there."""
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def status(address: str) -> int:
    return Client().get(address).status_code


def published(content: Content | None = None) -> None:
    publish(revision_of(content or content_of()))


# --- what is shown ----------------------------------------------------------------------------------------------


def test_year_says_in_one_sentence_how_far_it_came() -> None:
    published()
    assert "<h1>ปี 2567 กำหนดไว้ 7 มาตรการ แล้วเสร็จ 6 มาตรการ</h1>" in read(YEAR)


def test_year_counts_those_who_endorsed_and_not_the_author() -> None:
    published()
    assert "ลงนามครบ 2 ตำแหน่ง" in read(YEAR)


def test_year_shows_each_measure_with_steps_units_due_quarters_and_outcome() -> None:
    published()
    page = read(YEAR)
    for shown in (
        "มาตรการที่ 7", "รายงานผลการจัดซื้อจัดจ้างเป็นรายไตรมาส", "งานพัสดุและทรัพย์สิน กองคลัง", "กำหนดแล้วเสร็จ กันยายน ๒๕๖๗",
        "ต.ค.–ธ.ค. 66", "ไม่มีการดำเนินการ: รอคำสั่งแต่งตั้ง", "ครบ 3 ขั้นตอน", "รายงานผลครบทุกไตรมาส",
    ):  # fmt: skip
        assert shown in page


def test_year_sets_the_score_beside_its_target_and_claims_no_grade() -> None:
    published()
    page = read(YEAR)
    assert "สูงกว่าค่าเป้าหมาย 95.00 อยู่ 4.76 คะแนน" in page
    assert "ผ่านดีเยี่ยม" not in page


def test_year_names_the_assessments_items_of_the_day_it_was_published() -> None:
    published()
    assert "O34 (ITA ปี 2567)" in read(YEAR)
    assert "O28 (ITA ปี 2568)" in read(YEAR)


def test_year_sends_the_same_assessments_report_item_to_the_year_before() -> None:
    publication = publish(revision_of(content_of()))
    publication.items = [
        {"fiscal_year": 2567, "code": "O35", "kind": "report", "title": "การดำเนินการตามมาตรการ"}
    ]
    publication.save()
    assert "ข้อนี้ขอรายงานผลของปี 2566" in read(YEAR)


def test_year_names_contact_and_complaint_channel() -> None:
    published()
    assert "ศูนย์รับเรื่องร้องเรียน ชั้น 1" in read(YEAR)
    assert "https://tuayang.example/complaint" in read(YEAR)


def test_a_measure_without_steps_units_due_and_results_is_shown_all_the_same() -> None:
    content = content_of(2)
    group = content.table.groups[0]
    bare = replace(group.measures[0], steps=(), units=(), due_text="", results=(), progress="", quarters=())
    groups = (replace(group, title="", measures=(bare,)), replace(group, measures=()))
    published(replace(content, table=replace(content.table, groups=groups)))
    page = read(YEAR)
    assert "ยังไม่ได้รายงาน" in page
    assert "ไม่มีมาตรการย่อยภายใต้มาตรการหลักนี้" in page
    assert status(REPORT) == 200


def test_unreported_nothing_done_and_results_are_three_things() -> None:
    content = content_of(1)
    group = content.table.groups[1]
    measure = group.measures[0]
    first, second, third, fourth = measure.quarters
    quarters = (
        replace(first, reported=False),
        replace(second, progress="not_started", nil_reason="รอคำสั่งแต่งตั้ง", results=(), steps_done=()),
        replace(third, progress="in_progress", nil_reason="", percent=60, steps_done=(1,)),
        replace(fourth, reported=False, ends=date(2025, 3, 31)),  # not over on the day of the memorandum
    )
    groups = (replace(group, measures=(replace(measure, quarters=quarters),)),)
    published(replace(content, table=replace(content.table, groups=groups)))
    page = read(YEAR)
    cells = re.findall(r'<li class="([^"]*)"><b>[^<]*</b>(.*?)</li>', page, re.DOTALL)
    assert [(tone, strip_tags(text).strip()) for tone, text in cells] == [
        ("unreported late", "ยังไม่ได้รายงานสิ้นงวดแล้ว"),
        ("none", "ไม่มีการดำเนินการ: รอคำสั่งแต่งตั้ง"),
        ("doing", "อยู่ระหว่างดำเนินการร้อยละ 60 · 1 จาก 3 ขั้นตอน"),
        ("unreported", "ยังไม่ได้รายงาน"),
    ]


def test_an_item_of_the_assessment_gives_the_address_to_be_copied() -> None:
    published()
    assert "http://localhost:8000/tuayang/2567/reports/annual-1/" in read(YEAR)


def test_a_year_without_measures_says_so() -> None:
    published(content_of(0))
    assert "ปี 2567 ไม่มีมาตรการที่กำหนดไว้" in read(YEAR)


def test_report_reads_as_a_page_with_memorandum_table_and_chain() -> None:
    published()
    page = read(REPORT)
    for shown in (
        "ตย ๑๒๓๔๕/๓๕๘", "27 ธันวาคม 2567", "๑. เรื่องเดิม", "ขอรายงานเพิ่มเติม", "จึงเรียนมาเพื่อโปรดทราบ", "มาตรการที่ 7",
        "ปลัดเทศบาล", "ผู้ลงนาม 1", "เพื่อโปรดทราบ", "27 ธันวาคม 2567 เวลา 14.05 น.",
    ):  # fmt: skip
        assert shown in page


def test_what_was_typed_as_markup_is_shown_as_typed() -> None:
    content = content_of(2)
    evil = "<script>alert(1)</script>{{7*7}}{% load x %}"
    memo = replace(content.memorandum, subject=evil)
    published(replace(content, memorandum=memo, agency=replace(content.agency, name=evil)))
    for address in ("/", "/tuayang/", YEAR, REPORT):
        page = read(address)
        assert "<script" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}{% load x %}" in page


def test_pages_know_their_permanent_address() -> None:
    published()
    for address in ("/tuayang/", YEAR, REPORT):
        assert f'<link rel="canonical" href="http://localhost:8000{address}">' in read(address)


def test_year_is_below_100_kilobytes() -> None:
    published(content_of(35))
    answer = Client().get(YEAR, headers={"accept-encoding": "gzip"})
    assert len(answer.content) < 100_000


# --- columns, quarters and half years ----------------------------------------------------------------------------


def part_of(kind: str, part: int, measures: int = 2) -> Content:
    """The content of a report of a part of the year."""
    return replace(content_of(measures), kind=kind, part=part)


def test_the_table_has_the_columns_that_were_chosen_in_their_order() -> None:
    content = content_of(1)
    chosen = (Column("percent", "ร้อยละ"), Column("measure", "เรื่อง"), Column("period2", "ไตรมาส ๒"))
    group = content.table.groups[1]
    table = replace(
        content.table,
        columns=chosen,
        groups=(replace(group, measures=(replace(group.measures[0], percent=80),)),),
    )
    published(replace(content, table=table))
    page = read(REPORT)
    cells = re.findall(r'<td role="cell" data-label="([^"]*)">(.*?)</td>', page, re.DOTALL)
    assert [(label, strip_tags(cell).strip()) for label, cell in cells] == [
        ("ร้อยละ", "80"),
        ("เรื่อง", "๑.1 มาตรการที่ 1 การเพิ่มประสิทธิภาพในการบริหารงานด้านการพัสดุของหน่วยงาน"),
        ("ไตรมาส ๒", "ไม่มีการดำเนินการ เนื่องจากรอคำสั่งแต่งตั้ง"),
    ]


def test_year_shows_what_the_columns_add_to_a_measure() -> None:
    content = content_of(1)
    group = content.table.groups[1]
    measure = replace(group.measures[0], indicator="เผยแพร่ครบทุกโครงการ", target="ร้อยละ 100")
    table = replace(content.table, groups=(replace(group, measures=(measure,)),))
    published(replace(content, table=replace(table, columns=(*table.columns, Column("indicator", "ตัวชี้วัด")))))
    page = read(YEAR)
    assert "<dt>ตัวชี้วัด</dt><dd>เผยแพร่ครบทุกโครงการ</dd>" in page
    assert "ร้อยละ 100" not in page


def test_year_lists_the_reports_of_its_parts_under_the_annual_one() -> None:
    for kind, part in (("quarter", 3), ("half", 1), ("quarter", 1)):
        published(part_of(kind, part))
    published()
    page = read(YEAR)
    assert "<h1>ปี 2567 กำหนดไว้ 7 มาตรการ แล้วเสร็จ 6 มาตรการ</h1>" in page
    listed = re.findall(r'<a href="([^"]*)">([^<]*)</a><span class="label">เผยแพร่เมื่อ', page)
    assert listed == [
        ("/tuayang/2567/reports/half1-1/", "รอบ 6 เดือนแรก"),
        ("/tuayang/2567/reports/quarter1-1/", "ไตรมาส 1"),
        ("/tuayang/2567/reports/quarter3-1/", "ไตรมาส 3"),
    ]
    for address, _ in listed:
        assert status(address) == 200


def test_a_year_with_quarters_only_shows_the_last_and_says_so() -> None:
    published(part_of("quarter", 2, 3))
    published(part_of("quarter", 1, 2))
    page = read(YEAR)
    assert "<h1>ปี 2567 กำหนดไว้ 3 มาตรการ แล้วเสร็จ 2 มาตรการเมื่อสิ้นไตรมาส 2</h1>" in page
    assert "หน้านี้แสดงผลตามรายงานไตรมาส 2 รายงานรอบ 12 เดือนยังไม่ได้เผยแพร่" in page
    assert "1 มกราคม 2567 – 31 มีนาคม 2567" in page
    assert "/tuayang/2567/reports/quarter1-1/" in page


def test_a_half_year_goes_before_the_quarter_that_ends_with_it() -> None:
    published(part_of("half", 1))
    published(part_of("quarter", 2))
    assert "หน้านี้แสดงผลตามรายงานรอบ 6 เดือนแรก" in read(YEAR)


def test_a_replaced_quarter_is_listed_once_and_kept_among_the_others() -> None:
    published()
    published(part_of("quarter", 1))
    publish(revision_of(part_of("quarter", 1, 3), number=2))
    page = read(YEAR)
    listed = re.findall(r'<a href="([^"]*)">ไตรมาส 1</a>', page)
    assert listed == ["/tuayang/2567/reports/quarter1-2/"]
    assert '<a href="/tuayang/2567/reports/quarter1-1/">ไตรมาส 1 ฉบับที่ 1</a>' in page


def test_a_withdrawn_quarter_is_not_listed_as_a_report() -> None:
    published()
    withdraw(publish(revision_of(part_of("quarter", 1))))
    assert "รายงานรายไตรมาสและรอบ 6 เดือน" not in read(YEAR)


def test_the_assessment_is_not_sent_to_a_year_of_which_only_a_quarter_is_public() -> None:
    published(replace(part_of("quarter", 1), fiscal_year=2566))
    publication = publish(revision_of(content_of()))
    publication.items = [
        {"fiscal_year": 2567, "code": "O35", "kind": "report", "title": "การดำเนินการตามมาตรการ"}
    ]
    publication.save()
    assert "ข้อนี้ขอรายงานผลของปี 2566" in read(YEAR)
    assert 'href="/tuayang/2566/"' not in read(YEAR)


def test_a_year_with_its_parts_costs_as_many_statements(django_assert_num_queries: object) -> None:
    published()
    for part in (1, 2, 3):
        published(part_of("quarter", part))
    with django_assert_num_queries(3):  # type: ignore[operator]
        read(YEAR)


# --- frozen -----------------------------------------------------------------------------------------------------


def test_pages_show_what_was_published_not_what_is_in_the_tables_now() -> None:
    published()
    before = read(YEAR)
    Agency.objects.update(name="ชื่อใหม่", phone="99")
    Plan.objects.update(ita_score=1)
    PAGES.clear()
    assert read(YEAR) == before


def test_the_newest_published_revision_is_the_years_page() -> None:
    published(content_of(2))
    publish(revision_of(content_of(3), number=2))
    assert "กำหนดไว้ 3 มาตรการ" in read(YEAR)


def test_an_older_report_stays_and_names_the_newer() -> None:
    published(content_of(2))
    publish(revision_of(content_of(3), number=2))
    assert 'href="/tuayang/2567/reports/annual-2/">เปิดฉบับปัจจุบัน' in read(REPORT)


def test_publishing_shows_at_once() -> None:
    published(content_of(2))
    read(YEAR)
    publish(revision_of(content_of(3), number=2))
    assert "กำหนดไว้ 3 มาตรการ" in read(YEAR)


def test_pdf_is_the_sealed_bytes_with_their_hash_as_tag() -> None:
    published()
    answer = Client().get(REPORT_PDF)
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["ETag"] == f'"{Revision.objects.get().sealed_sha256}"'
    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''")


# --- towns ------------------------------------------------------------------------------------------------------


def test_front_is_the_one_towns_page() -> None:
    published()
    assert read("/") == read("/tuayang/")


def test_front_lists_towns_in_thai_order() -> None:
    for slug, name in (("saen", "เทศบาลตำบลแสน"), ("kho", "เทศบาลตำบลขอ"), ("kao", "เทศบาลตำบลเก่า")):
        published(content_of(2, slug=slug, name=name))
    page = read("/")
    assert page.index("/kao/") < page.index("/kho/") < page.index("/saen/")


def test_front_of_an_empty_portal_is_a_page() -> None:
    assert "ยังไม่มีรายงานที่เผยแพร่" in read("/")


def test_town_lists_its_years_newest_first_with_score_and_report() -> None:
    published(content_of(2, year=2566))
    published(content_of(3))
    page = read("/tuayang/")
    assert page.index("ปี 2567 กำหนดไว้ 3 มาตรการ") < page.index("ปี 2566 กำหนดไว้ 2 มาตรการ")
    assert "99.76" in page
    assert f'href="{REPORT}"' in page
    assert f'href="{REPORT_PDF}"' in page


# --- nothing leaks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/tuayang/", YEAR, REPORT, REPORT_PDF, EVIDENCE])
def test_nothing_unpublished_is_found(address: str) -> None:
    revision_of(with_evidence(content_of(), file_evidence()))
    unpublished = Client().get(address)
    unknown = Client().get("/nobody/2567/")
    assert unpublished.status_code == unknown.status_code == 404
    assert unpublished.content == unknown.content


@pytest.mark.parametrize(
    "address",
    [
        "/tuayang/2567/reports/annual-2/", "/tuayang/2567/reports/annual-2.pdf", "/tuayang/2567/reports/annual-01/",
        "/tuayang/2567/reports/half1-1/", "/tuayang/2566/reports/annual-1/", "/tuayang/2566/", "/tuayang/2024/",
        "/tuayang/02567/", "/tuayang/๒๕๖๗/", "/tuayang/2567/evidence/1/", "/uen/2567/", "/uen/",
    ],
)  # fmt: skip
def test_a_guessed_address_beside_a_published_one_is_not_found(address: str) -> None:
    published()
    revision_of(content_of(3), number=2)
    Agency.objects.create(slug="uen", name="เทศบาลตำบลอื่น")
    assert status(address) == 404


def test_public_evidence_is_linked_and_served_as_a_harmless_download() -> None:
    published(
        with_evidence(
            content_of(), file_evidence(b"<script>", filename="../ก.html", content_type="text/html")
        )
    )
    assert EVIDENCE in read(YEAR)
    answer = Client().get(EVIDENCE)
    assert answer.content == b"<script>"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")


def test_internal_evidence_is_counted_and_never_served() -> None:
    published(with_evidence(content_of(), file_evidence(public=False)))
    assert "มีหลักฐานที่ไม่เผยแพร่ 1 รายการ" in read(YEAR)
    assert UID not in read(YEAR)
    assert status(EVIDENCE) == 404


def test_evidence_of_another_year_is_not_found_under_this_one() -> None:
    published(with_evidence(content_of(year=2566), file_evidence()))
    published()
    assert status(EVIDENCE) == 404


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    published(with_evidence(content_of(), Evidence(UID, True, "กดที่นี่", "javascript:alert(1)")))
    assert "javascript:" not in read(YEAR)


# --- withdrawn --------------------------------------------------------------------------------------------------


def test_withdrawn_pages_say_when_and_why_and_show_nothing_else() -> None:
    withdraw(publish(revision_of(content_of())))
    for address in (YEAR, REPORT):
        page = read(address)
        assert "เมื่อวันที่ 27 ธันวาคม 2567" in page
        assert "มีข้อมูลส่วนบุคคล" in page
        assert "มาตรการที่ 1" not in page
    assert "ถอนการเผยแพร่รายงานปี 2567" in read("/tuayang/")


def test_withdrawn_files_are_gone_with_a_page_that_says_so() -> None:
    withdraw(publish(revision_of(with_evidence(content_of(), file_evidence()))))
    for address in (REPORT_PDF, EVIDENCE):
        answer = Client().get(address)
        assert answer.status_code == 410
        assert "มีข้อมูลส่วนบุคคล" in answer.content.decode()


def test_withdrawing_shows_at_once() -> None:
    publication = publish(revision_of(content_of()))
    read(YEAR)
    withdraw(publication)
    assert "มาตรการที่ 1" not in read(YEAR)


def test_a_withdrawn_revision_names_its_replacement() -> None:
    withdraw(publish(revision_of(content_of())))
    publish(revision_of(content_of(), number=2))
    assert 'href="/tuayang/2567/reports/annual-2/"' in read(REPORT)
    assert "กำหนดไว้ 7 มาตรการ" in read(YEAR)


# --- how it is answered -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/tuayang/", YEAR, REPORT, REPORT_PDF])
def test_public_pages_set_no_cookie_and_may_be_kept_by_everyone(address: str) -> None:
    published()
    answer = Client().get(address)
    assert not answer.cookies
    assert answer["Cache-Control"].startswith("public, max-age=")
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("address", ["/", "/tuayang/", YEAR, REPORT, REPORT_PDF])
def test_what_the_browser_has_is_not_sent_again(address: str) -> None:
    published()
    tag = Client().get(address)["ETag"]
    again = Client().get(address, headers={"if-none-match": f'W/"x", {tag}'})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("address", ["/", "/tuayang/", YEAR, REPORT, REPORT_PDF])
def test_public_pages_are_read_only(address: str) -> None:
    published()
    assert Client(enforce_csrf_checks=True).post(address).status_code == 405


def test_the_tag_changes_with_what_is_published() -> None:
    published()
    tag = Client().get(YEAR)["ETag"]
    publish(revision_of(content_of(3), number=2))
    assert Client().get(YEAR)["ETag"] != tag


@pytest.mark.parametrize(
    ("accepted", "zipped"), [("gzip, br", True), ("gzip;q=0", False), ("identity", False)]
)
def test_a_page_is_zipped_for_whoever_takes_it(accepted: str, zipped: bool) -> None:
    published()
    answer = Client().get(YEAR, headers={"accept-encoding": accepted})
    assert (answer.get("Content-Encoding") == "gzip") is zipped
    assert answer["Vary"] == "Accept-Encoding"


def test_public_pages_run_no_script_and_no_inline_style() -> None:
    published()
    for address in ("/", "/tuayang/", YEAR, REPORT):
        assert "script" not in Client().get(address)["Content-Security-Policy"]
        assert "<script" not in read(address)
        assert "style=" not in read(address)


@pytest.mark.parametrize("address", ["/tuayang", "/tuayang/2567", "/tuayang/2567/reports/annual-1"])
def test_a_missing_slash_is_forgiven(address: str) -> None:
    published()
    assert Client().get(address)["Location"] == f"{address}/"


@pytest.mark.parametrize("measures", [7, 70])
def test_a_year_costs_three_statements_once_and_one_from_then_on(
    measures: int, django_assert_num_queries: object
) -> None:
    published(content_of(measures))
    with django_assert_num_queries(3):  # type: ignore[operator]
        read(YEAR)
    with django_assert_num_queries(1):  # type: ignore[operator]
        read(YEAR)


def test_a_measure_that_goes_on_does_not_count_as_done() -> None:
    content = content_of(2)
    group = content.table.groups[0]
    ongoing = replace(group, measures=(replace(group.measures[0], progress=Progress.ONGOING),))
    published(replace(content, table=replace(content.table, groups=(ongoing, content.table.groups[1]))))
    assert "กำหนดไว้ 2 มาตรการ แล้วเสร็จ 0 มาตรการ" in read(YEAR)

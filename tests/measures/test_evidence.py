"""Evidence: what is taken, under which name it is kept, who may download it, internal until it is marked."""

from __future__ import annotations

import io
import uuid
import zipfile
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Event
from measures import attachments, storage
from measures.actions.results import (
    accept_result,
    add_address,
    add_file,
    remove_evidence,
    set_evidence_public,
)
from measures.attachments import DOCX, JPEG, PDF, PNG, WEBP, XLSX, Kind, kind_of, safe_name, web_address
from measures.errors import Refused
from measures.models import Evidence, Measure, Period, Person, QuarterlyResult
from measures.thai import ThaiValueError
from tests.conftest import browser
from tests.measures.conftest import TEXT

PDF_BYTES = b"%PDF-1.7\n%%EOF"
PNG_BYTES = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (10).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"


def office(*names: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name in ("[Content_Types].xml", *names):
            file.writestr(name, "<x/>")
    return archive.getvalue()


def add(result: QuarterlyResult, by: Person, filename: str = "คู่มือ.pdf", data: bytes = PDF_BYTES) -> Evidence:
    return add_file(
        result=result,
        title="",
        filename=filename,
        content_type="text/html",
        chunks=[data],
        is_public=False,
        by=by,
        at=timezone.now(),
    )


def post(who: Person, result: QuarterlyResult, *files: tuple[str, bytes], **fields: object) -> HttpResponse:
    path = reverse("result", args=[result.measure_id, result.period.number])
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    data = {"act": "save", "progress": "in_progress", "percent": "25", "body": TEXT, "version": result.version,
            "request_key": str(uuid.uuid4()), "files": uploads, **fields}  # fmt: skip
    return browser(who).post(path, data)  # type: ignore[return-value]


# --- what is taken ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF_BYTES, PDF),
        (b"\xff\xd8\xff\xe0JFIF", JPEG),
        (PNG_BYTES, PNG),
        (b"RIFF\x10\0\0\0WEBPVP8 ", WEBP),
        (office("word/document.xml"), DOCX),
        (office("xl/workbook.xml"), XLSX),
    ],
)
def test_a_file_is_known_by_its_content(data: bytes, kind: Kind) -> None:
    assert kind_of(io.BytesIO(data), "ไม่มีนามสกุล") == kind


@pytest.mark.parametrize(
    ("filename", "data"),
    [
        ("หน้าเว็บ.pdf", b"<html><script>alert(1)</script>"),
        ("ภาพ.pdf", PNG_BYTES),
        ("โปรแกรม.exe", b"MZ\x90\0"),
        ("ภาพ.svg", b"<svg onload='alert(1)'/>"),
        ("มาโคร.docx", office("word/document.xml", "word/vbaProject.bin")),
        ("บีบอัด.zip", office("x.txt")),
        ("ขาด.docx", b"PK\x03\x04 broken"),
        ("ใหญ่.png", PNG_BYTES[:16] + (30_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"),
        ("ว่าง.pdf", b""),
    ],
)
def test_any_other_content_is_refused_by_name_and_not_kept(
    draft: QuarterlyResult, contributor: Person, filename: str, data: bytes
) -> None:
    with pytest.raises(Refused, match=f'"{filename}"'):
        add(draft, contributor, filename, data)
    assert not Evidence.objects.exists()


def test_a_pdf_that_is_none_gets_the_usual_advice(draft: QuarterlyResult, contributor: Person) -> None:
    with pytest.raises(Refused) as refused:
        add(draft, contributor, "รายงาน.pdf", b"<html>")
    assert str(refused.value) == (
        'เนื้อหาของไฟล์ "รายงาน.pdf" ไม่ใช่ PDF กรุณาเปิดไฟล์ในโปรแกรมเดิม บันทึกเป็น PDF แล้วแนบใหม่'
    )


def test_a_file_too_large_is_told_with_its_size(
    draft: QuarterlyResult, contributor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("measures.actions.evidence.MAX_BYTES", 10)
    with pytest.raises(Refused, match=r'^ไฟล์ "คู่มือ.pdf" มีขนาด 1 MB เกินขนาดที่รับได้ \(20 MB\) จึงยังไม่ได้แนบ$'):
        add(draft, contributor)


@given(st.text(max_size=300), st.sampled_from(attachments.KINDS))
def test_every_name_becomes_one_that_can_be_kept(typed: str, kind: Kind) -> None:
    name = safe_name(typed, kind)
    assert len(name) <= 200
    assert name.rpartition(".")[2].lower() in kind.endings
    assert not {"/", "\\", "\0", "\n", "\u202e"} & set(name)
    assert not name.startswith(".")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\งาน\คู่มือ.PDF", "คู่มือ.PDF"),
        ("ก" * 300 + ".pdf", "ก" * 196 + ".pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("...", "ไฟล์แนบ.pdf"),
    ],
)
def test_folders_and_tricks_are_dropped_from_names(typed: str, kept: str) -> None:
    assert safe_name(typed, PDF) == kept


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "ftp://x.th/a", "//x.th", "https://", "https://a b.th", "http://u:p@x.th", "file:///etc",
     "http://[::1", "https://x.th:abc/", "data:text/html,x", 'https://x.th/"><script>'],
)  # fmt: skip
def test_an_address_that_is_no_plain_web_address_is_refused(typed: str) -> None:
    with pytest.raises(ThaiValueError, match="ที่อยู่เว็บ"):
        web_address(typed)


@pytest.mark.parametrize("typed", ["https://example.go.th/ข่าว/1?x=1#a", "http://10.0.0.1:8080/"])
def test_a_web_address_is_taken_as_typed(typed: str) -> None:
    assert web_address(f" {typed}\u200b") == typed


@pytest.mark.parametrize("typed", ["www.tuayang.example", "tuayang.example/ita?ปี=2570"])
def test_an_address_copied_without_its_scheme_is_read_as_https(typed: str) -> None:
    assert web_address(typed) == f"https://{typed}"


# --- the form ---------------------------------------------------------------------------------------------------


def test_several_files_are_attached_at_once_and_are_internal(
    draft: QuarterlyResult, contributor: Person
) -> None:
    post(contributor, draft, ("คำสั่ง.pdf", PDF_BYTES), ("ภาพ.png", PNG_BYTES))
    assert list(Evidence.objects.values_list("title", "filename", "is_public")) == [
        ("คำสั่ง", "คำสั่ง.pdf", False),
        ("ภาพ", "ภาพ.png", False),
    ]


def test_a_bad_file_leaves_the_good_one_attached_and_is_named(
    draft: QuarterlyResult, contributor: Person
) -> None:
    answer = post(contributor, draft, ("ดี.pdf", PDF_BYTES), ("เสีย.pdf", b"<html>"))
    page = answer.content.decode()
    assert "เนื้อหาของไฟล์ &quot;เสีย.pdf&quot; ไม่ใช่ PDF" in page
    assert "ไฟล์อื่นแนบไว้เรียบร้อยแล้ว" in page
    assert Evidence.objects.get().filename == "ดี.pdf"


def test_a_result_is_not_sent_without_the_file_that_was_to_go_with_it(
    draft: QuarterlyResult, contributor: Person
) -> None:
    post(contributor, draft, ("เสีย.pdf", b"<html>"), act="submit")
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_files_are_attached_even_where_the_text_has_an_error(
    measure: Measure, draft: QuarterlyResult, contributor: Person
) -> None:
    answer = post(contributor, draft, ("ดี.pdf", PDF_BYTES), percent="มาก")
    assert "กรุณาพิมพ์ร้อยละ" in answer.content.decode()
    assert Evidence.objects.get().filename == "ดี.pdf"


def test_a_file_that_came_too_late_is_told(submitted: QuarterlyResult, contributor: Person) -> None:
    page = post(contributor, submitted, ("ช้า.pdf", PDF_BYTES)).content.decode()
    assert "ไฟล์ &quot;ช้า.pdf&quot; ยังไม่ได้แนบ กรุณาเลือกไฟล์อีกครั้ง" in page
    assert not Evidence.objects.exists()


def test_a_file_with_a_bad_first_text_makes_a_draft_that_the_next_save_fills(
    measure: Measure, period: Period, contributor: Person
) -> None:
    path = reverse("result", args=[measure.pk, period.number])
    client = browser(contributor)
    first = client.post(
        path, {"percent": "มาก", "version": "", "files": SimpleUploadedFile("ดี.pdf", PDF_BYTES)}
    )
    assert 'name="version" value="1"' in first.content.decode()
    client.post(path, {"body": "- ทำแล้ว", "version": "1"})
    assert QuarterlyResult.objects.get().body == "- ทำแล้ว"
    assert Evidence.objects.count() == 1


def test_the_same_file_twice_is_one_evidence(draft: QuarterlyResult, contributor: Person) -> None:
    for _ in range(2):
        post(contributor, draft, ("คำสั่ง.pdf", PDF_BYTES))
    assert Evidence.objects.count() == 1
    assert list(Event.objects.filter(act="evidence.added").values_list("target", flat=True)) == ["evidence"]


def test_an_address_is_added_with_its_title(draft: QuarterlyResult, contributor: Person) -> None:
    post(contributor, draft, url="https://example.go.th/1", url_title="ประกาศ", url_public="on")
    one = Evidence.objects.get()
    assert (one.url, one.title, one.is_public, one.filename) == (
        "https://example.go.th/1",
        "ประกาศ",
        True,
        "",
    )


def test_a_bad_address_is_told_beside_its_field(draft: QuarterlyResult, contributor: Person) -> None:
    page = post(contributor, draft, url="javascript:alert(1)").content.decode()
    assert "อ่านที่อยู่เว็บไม่ได้" in page
    assert not Evidence.objects.exists()


def test_evidence_is_renamed_marked_and_removed_by_saving(
    draft: QuarterlyResult, contributor: Person
) -> None:
    one, other = add(draft, contributor), add(draft, contributor, "ภาพ.png", PNG_BYTES)
    post(contributor, draft, **{
        f"evidence-{one.uid}-title": "คำสั่งแต่งตั้ง", f"evidence-{one.uid}-is_public": "on",
        f"evidence-{other.uid}-title": "ภาพ", f"evidence-{other.uid}-remove": "on",
    })  # fmt: skip
    assert list(Evidence.objects.values_list("title", "is_public")) == [("คำสั่งแต่งตั้ง", True)]
    assert set(Event.objects.filter(target="evidence").values_list("act", flat=True)) == {
        "evidence.added", "evidence.renamed", "evidence.published_mark", "evidence.removed",
    }  # fmt: skip


def test_evidence_of_another_result_in_a_field_name_is_ignored(
    draft: QuarterlyResult, contributor: Person, foreign: Measure, officer: Person
) -> None:
    theirs = QuarterlyResult.objects.create(measure=foreign, period=draft.period)
    one = add(theirs, officer)
    post(contributor, draft, **{f"evidence-{one.uid}-title": "x", f"evidence-{one.uid}-remove": "on"})
    assert Evidence.objects.filter(pk=one.pk, title="คู่มือ").exists()


def test_removing_evidence_keeps_the_bytes_that_a_report_may_name(
    draft: QuarterlyResult, contributor: Person
) -> None:
    one = add(draft, contributor)
    remove_evidence(evidence=one, by=contributor, at=timezone.now())
    assert storage.read(one.sha256) == PDF_BYTES


def test_a_unit_changes_no_evidence_of_what_was_accepted(
    submitted: QuarterlyResult, contributor: Person, officer: Person
) -> None:
    one = add(submitted, officer)
    accept_result(result=submitted, by=officer, at=timezone.now())
    now = timezone.now()
    with pytest.raises(Refused):
        set_evidence_public(evidence=one, is_public=True, by=contributor, at=now)
    with pytest.raises(Refused):
        remove_evidence(evidence=one, by=contributor, at=now)
    with pytest.raises(Refused):
        add_address(result=submitted, title="x", url="https://x.th", is_public=True, by=contributor, at=now)
    assert list(Evidence.objects.values_list("is_public", flat=True)) == [False]


# --- the download -----------------------------------------------------------------------------------------------


def test_a_download_is_an_attachment_that_no_browser_opens(
    draft: QuarterlyResult, contributor: Person
) -> None:
    one = add(draft, contributor)
    answer = browser(contributor).get(reverse("evidence", args=[one.uid]))
    assert b"".join(answer.streaming_content) == PDF_BYTES  # type: ignore[attr-defined]
    headers = {name: answer.headers[name] for name in ("Content-Type", "X-Content-Type-Options")}
    assert headers == {"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff"}
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('คู่มือ.pdf')}"


def test_evidence_of_another_unit_or_town_is_not_found(
    draft: QuarterlyResult, foreign: Measure, contributor: Person, officer: Person, stranger: Person
) -> None:
    other = add(QuarterlyResult.objects.create(measure=foreign, period=draft.period), officer)
    own = add(draft, contributor)
    assert browser(contributor).get(reverse("evidence", args=[other.uid])).status_code == 404
    assert browser(stranger).get(reverse("evidence", args=[own.uid])).status_code == 404
    assert browser().get(reverse("evidence", args=[own.uid])).status_code == 302


def test_a_kept_file_that_was_altered_is_not_sent(draft: QuarterlyResult, contributor: Person) -> None:
    one = add(draft, contributor)
    storage.path_of(one.sha256).write_bytes(b"%PDF-other")
    client = browser(contributor)
    client.raise_request_exception = False
    assert client.get(reverse("evidence", args=[one.uid])).status_code == 503

"""Who holds the paper or the file learns what it is worth today, in words, without a sign-in and without sending it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from measures.errors import Refused
from measures.models import Person
from reports.actions import publishing
from reports.actions.sealing import seal
from reports.actions.twins import keep_twins
from reports.chain import link_hash
from reports.choices import Stage
from reports.codes import _check, new_code, shown
from reports.content import Content
from reports.models import Publication, Report, Revision
from reports.views.verify import GUARDS
from tests.published import PDF, content_of, publish, revision_of, withdraw
from tests.reports.conftest import NOW, sign

pytestmark = pytest.mark.django_db

NEXT_YEAR = datetime(2025, 1, 10, 3, 0, tzinfo=UTC)
"""10 January 2568."""


def ask(address: str) -> tuple[int, str]:
    """Status and readable text."""
    answer = Client().get(address)
    return answer.status_code, " ".join(strip_tags(answer.content.decode()).split())


def by_code(revision: Revision) -> str:
    status, text = ask(f"/v/{shown(revision.code)}/")
    assert status == 200
    return text


def by_file(data: bytes) -> tuple[int, str]:
    return ask(f"/v/?sha256={hashlib.sha256(data).hexdigest()}")


def changed(content: Content, number: int = 4) -> Content:
    """The same report with one measure renamed (the third of the second group is the sixth)."""
    groups = []
    for group in content.table.groups:
        measures = tuple(
            replace(m, title="มาตรการที่แก้ไขแล้ว") if m.key == f"m{number}" else m for m in group.measures
        )
        groups.append(replace(group, measures=measures))
    return replace(content, table=replace(content.table, groups=tuple(groups)))


def second() -> tuple[Revision, Revision]:
    """Two signed revisions, the first published; the second changes the fourth measure."""
    first = revision_of(content_of())
    publish(first)
    return first, revision_of(changed(content_of()), number=2, pdf=b"%PDF-1.7 second")


# --- by code: every state ---------------------------------------------------------------------------------------


def test_published_and_current() -> None:
    revision = revision_of(content_of())
    publish(revision)
    text = by_code(revision)
    assert "รหัสนี้เป็นของเอกสารที่ลงนามครบแล้ว และเป็นฉบับปัจจุบัน" in text
    assert "ลงนามครบ 2 ตำแหน่งเมื่อวันที่ 27 ธันวาคม 2567" in text
    assert "ลายมือชื่อทุกรายการสอดคล้องกัน" in text


def test_a_code_alone_does_not_prove_the_paper() -> None:
    revision = revision_of(content_of())
    publish(revision)
    assert "บอกไม่ได้ว่ากระดาษในมือท่านพิมพ์จากต้นฉบับ" in by_code(revision)


def test_an_old_print_knows_of_the_newer_one_and_what_it_changed() -> None:
    first, newer = second()
    publish(newer, at=NEXT_YEAR)
    answer = Client().get(f"/v/{shown(first.code)}/").content.decode()
    assert "มีฉบับใหม่กว่า แก้ไขมาตรการที่ ๑.4 เมื่อวันที่ 10 มกราคม 2568</h1>" in answer
    assert 'href="/tuayang/2567/reports/annual-2/">เปิดฉบับปัจจุบัน (ฉบับที่ 2)' in answer
    assert "๑.4 มาตรการที่แก้ไขแล้ว" in answer


def test_the_newer_one_names_what_it_replaces() -> None:
    _, newer = second()
    publish(newer, at=NEXT_YEAR)
    assert "2 แทนฉบับที่ 1" in by_code(newer)


def test_a_newer_one_that_is_signed_and_not_published_is_told_without_its_content() -> None:
    first, _ = second()
    text = by_code(first)
    assert "มีฉบับใหม่กว่าที่ลงนามครบแล้ว แต่ยังไม่ได้เผยแพร่" in text
    assert "มาตรการที่แก้ไขแล้ว" not in text


def test_withdrawn_says_who_when_and_why_and_what_replaces_it() -> None:
    first, newer = second()
    withdraw(first.publication)
    publish(newer, at=NEXT_YEAR)
    text = by_code(first)
    assert "เอกสารนี้ถอนการเผยแพร่แล้ว" in text
    assert "นิติกรของเทศบาลตำบลตัวอย่างถอนการเผยแพร่เมื่อวันที่ 27 ธันวาคม 2567" in text
    assert "เหตุผล: มีข้อมูลส่วนบุคคล" in text
    assert "เปิดฉบับปัจจุบัน (ฉบับที่ 2)" in text


def test_withdrawing_does_not_unsign_and_hides_the_names() -> None:
    revision = revision_of(content_of())
    withdraw(publish(revision))
    text = by_code(revision)
    assert "การถอนการเผยแพร่ไม่ได้ยกเลิกการลงนาม" in text
    assert "ผู้ลงนาม 2" not in text


def test_when_the_newest_is_withdrawn_the_older_is_current_again_and_says_so() -> None:
    first, newer = second()
    withdraw(publish(newer))
    text = by_code(first)
    assert "และเป็นฉบับปัจจุบัน" in text
    assert "ฉบับที่ 2 ซึ่งใหม่กว่าถอนการเผยแพร่แล้วเมื่อวันที่ 27 ธันวาคม 2567" in text


def test_signed_and_not_published_shows_positions_and_no_names() -> None:
    text = by_code(revision_of(content_of()))
    assert "ลงนามครบแล้ว แต่ยังไม่ได้เผยแพร่" in text
    assert "ปลัดเทศบาล" in text
    assert "ผู้ลงนาม 1" not in text
    assert "การเพิ่มประสิทธิภาพ" not in text


def test_being_signed_counts_the_positions(sent: Revision, chain: list[Person]) -> None:
    text = by_code(sent)
    assert "ยังลงนามไม่ครบ" in text
    assert "ลงนามแล้ว 0 จาก 5 ตำแหน่ง" in text


def test_returned_is_void() -> None:
    assert "ฉบับนี้ส่งกลับแก้ไขแล้ว ไม่มีผล" in by_code(revision_of(content_of(), stage=Stage.RETURNED))


def test_recalled_is_void() -> None:
    revision = revision_of(content_of(), stage=Stage.RETURNED)
    Revision.objects.filter(pk=revision.pk).update(stage=Stage.RECALLED, recalled_at=NEXT_YEAR)
    assert "ผู้จัดทำดึงฉบับนี้กลับแล้ว ไม่มีผล" in by_code(revision)


def test_a_rehearsal_is_no_official_document_whatever_its_rows_say() -> None:
    revision = revision_of(content_of())
    publish(revision)
    Report.objects.filter(pk=revision.report_id).update(is_rehearsal=True)
    text = by_code(revision)
    assert "ตัวอย่าง ไม่ใช่เอกสารราชการ" in text
    assert "ฉบับปัจจุบัน" not in text


# --- by file ----------------------------------------------------------------------------------------------------


def test_the_sealed_pdf_is_the_original_byte_for_byte() -> None:
    publish(revision_of(content_of()))
    status, text = by_file(PDF)
    assert status == 200
    assert "ไฟล์นี้ตรงกับต้นฉบับที่เผยแพร่ และเป็นฉบับปัจจุบัน" in text


def test_one_byte_more_is_no_file_of_ours() -> None:
    publish(revision_of(content_of()))
    status, text = by_file(PDF + b"\n")
    assert status == 404
    assert "ไฟล์นี้ไม่ตรงกับต้นฉบับใดในระบบ" in text


def test_the_presented_pdf_is_told_from_the_signed_one() -> None:
    revision = revision_of(content_of())
    publish(revision)
    presented = hashlib.sha256(b"presented").hexdigest()
    Revision.objects.filter(pk=revision.pk).update(presented_sha256=presented)
    _resign(revision)
    _, text = by_file(b"presented")
    assert "ไฟล์นี้คือฉบับที่เสนอให้ลงนาม ยังไม่มีลายมือชื่อของผู้ลงนาม" in text


def test_another_format_is_known_and_said_to_bear_no_seal() -> None:
    revision = revision_of(content_of())
    publish(revision)
    sha256 = keep_twins(revision)[".xlsx"]
    _, text = ask(f"/v/?sha256={sha256}")
    assert "ไฟล์นี้ตรงกับไฟล์ที่เผยแพร่ และเป็นฉบับปัจจุบัน" in text
    assert "Excel" in text
    assert "ไฟล์ชนิดนี้ไม่มีตราประทับ" in text


def test_a_superseded_file_says_so() -> None:
    _, newer = second()
    publish(newer, at=NEXT_YEAR)
    _, text = by_file(PDF)
    assert "มีฉบับใหม่กว่า แก้ไขมาตรการที่ ๑.4" in text
    assert "ไฟล์นี้คือ PDF ฉบับลงนาม ตรงกันทุกไบต์" in text


def test_a_withdrawn_file_says_so() -> None:
    withdraw(publish(revision_of(content_of())))
    assert "เอกสารนี้ถอนการเผยแพร่แล้ว" in by_file(PDF)[1]


@pytest.mark.parametrize("given", ["abc", "g" * 64, "๑" * 64, "0" * 63])
def test_what_is_no_hash_is_said_to_be_unreadable(given: str) -> None:
    status, text = ask(f"/v/?sha256={given}")
    assert status == 404
    assert "อ่านค่า SHA-256 ไม่ได้" in text


def test_a_hash_may_be_in_capitals_and_spaced() -> None:
    publish(revision_of(content_of()))
    sha256 = hashlib.sha256(PDF).hexdigest().upper()
    assert ask(f"/v/?sha256={sha256[:32]}%20{sha256[32:]}")[0] == 200


# --- codes as people type them ----------------------------------------------------------------------------------


def test_a_typed_code_leads_to_its_own_address_however_it_was_spaced() -> None:
    revision = revision_of(content_of())
    typed = shown(revision.code).lower().replace("-", " ")
    answer = Client().get("/v/", {"code": typed})
    assert answer["Location"] == f"/v/{shown(revision.code)}/"


def test_thai_digits_are_read() -> None:
    revision = revision_of(content_of())
    digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    answer = Client().get("/v/", {"code": revision.code.translate(digits)})
    assert answer["Location"] == f"/v/{shown(revision.code)}/"


@pytest.mark.parametrize("form", ["{dashed}", "{plain}/", "{lower}", "{lower}/"])
def test_the_printed_address_and_its_other_forms_lead_to_the_page(form: str) -> None:
    revision = revision_of(content_of())
    revision.code = "7K3M9QTX2H" + _check("7K3M9QTX2H")  # with letters, whatever chance gives
    revision.save()
    dashed = shown(revision.code)
    path = form.format(dashed=dashed, plain=revision.code, lower=dashed.lower())
    answer = Client().get(f"/v/{path}")
    assert (answer.status_code, answer["Location"]) == (301, f"/v/{dashed}/")


def test_a_made_up_code_and_a_mistyped_one_get_the_same_page() -> None:
    made_up, mistyped = shown(new_code()), "7K3M-9QTX-2HW5"
    pages = [Client().get(f"/v/{code}/") for code in (made_up, mistyped)]
    assert [page.status_code for page in pages] == [404, 404]
    bodies = [
        page.content.decode().replace(code, "") for page, code in zip(pages, (made_up, mistyped), strict=True)
    ]
    assert bodies[0] == bodies[1]
    assert "ไม่พบรหัสนี้ในระบบ" in bodies[0]


def test_what_was_typed_is_shown_as_text() -> None:
    answer = Client().get("/v/", {"code": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in answer


# --- signatures computed again ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tampered",
    [
        {"person_name": "นายคนอื่น"},
        {"words": "ไม่เห็นชอบ"},
        {"position_title": "รองปลัดเทศบาล"},
        {"decided_at": NEXT_YEAR},
        {"acting_title": "รองปลัดเทศบาล รักษาราชการแทน"},
        {"hash": "0" * 64},
        {"previous_hash": "0" * 64},
        {"bound": "{}"},
        {"bound": "[]"},
    ],
)
def test_a_signature_that_was_changed_afterwards_is_found(tampered: dict[str, object]) -> None:
    revision = revision_of(content_of())
    publish(revision)
    revision.signoffs.filter(order=1).update(**tampered)
    text = by_code(revision)
    assert "ข้อมูลการลงนามไม่สอดคล้องกัน จึงยังเชื่อถือเอกสารนี้ไม่ได้" in text
    assert "ไม่สอดคล้องกับที่ลงนามไว้" in text
    assert "ลายมือชื่อทุกรายการสอดคล้องกัน" not in text


def test_content_that_was_changed_afterwards_is_found() -> None:
    revision = revision_of(content_of())
    publish(revision)
    Revision.objects.filter(pk=revision.pk).update(content=content_of(6).canonical_json())
    assert "เนื้อหาที่เก็บไว้ไม่ตรงกับที่ลงนาม" in by_code(revision)


def test_a_signature_removed_from_the_middle_is_found() -> None:
    revision = revision_of(content_of())
    publish(revision)
    revision.signoffs.filter(order=1).delete()
    assert "ข้อมูลการลงนามไม่สอดคล้องกัน" in by_code(revision)


def test_what_cannot_be_computed_again_is_not_called_good() -> None:
    revision = revision_of(content_of())
    publish(revision)
    revision.signoffs.filter(order=1).update(bound="")
    answer = Client().get(f"/v/{shown(revision.code)}/").content.decode()
    assert 'class="verdict verdict-warn"' in answer
    assert "จึงตรวจซ้ำไม่ได้" in answer


def test_real_signatures_hold(signed: Revision) -> None:
    assert "ลายมือชื่อทุกรายการสอดคล้องกัน" in by_code(signed)


def test_a_signature_holds_whichever_clock_its_moment_was_read_from(
    sent: Revision, chain: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.reports.conftest.NOW", NOW.astimezone(timezone(timedelta(hours=7))))
    for signatory in chain[1:]:
        sign(sent, signatory)
    assert "+07:00" in sent.signoffs.get(order=1).bound
    assert "ลายมือชื่อทุกรายการสอดคล้องกัน" in by_code(sent)


BAD = "ข้อมูลการลงนามไม่สอดคล้องกัน จึงยังเชื่อถือเอกสารนี้ไม่ได้"


def test_signatures_computed_anew_by_who_writes_the_database_are_found_by_the_trail(signed: Revision) -> None:
    """The hashes need no key: whoever changes a name can make the chain whole again, but not the trail."""
    signoff = signed.signoffs.get(order=1)
    signoff.person_name = "นายคนอื่น"
    signoff.bound = json.dumps({**json.loads(signoff.bound), "name": "นายคนอื่น"}, ensure_ascii=False)
    signoff.save()
    _resign(signed)
    assert BAD in by_code(signed)


def test_a_signature_whose_text_was_taken_away_still_says_what_the_trail_says(signed: Revision) -> None:
    signed.signoffs.filter(order=1).update(bound="", position_title="ผู้อำนวยการกองอื่น")
    assert BAD in by_code(signed)


def test_a_document_called_signed_that_somebody_did_not_sign_is_found(sent: Revision) -> None:
    Revision.objects.filter(pk=sent.pk).update(stage=Stage.SIGNED)
    text = by_code(sent)
    assert BAD in text
    assert "ไม่สอดคล้องกับที่ลงนามไว้" in text


def test_a_place_taken_away_from_the_end_is_found() -> None:
    revision = revision_of(content_of())
    publish(revision)
    last = revision.signoffs.order_by("-order").first()
    assert last is not None
    last.delete()
    text = by_code(revision)
    assert BAD in text
    assert "ไม่ตรงกับบันทึกการกระทำของหน่วยงาน" in text


def test_another_documents_code_is_found(signed: Revision) -> None:
    Revision.objects.filter(pk=signed.pk).update(code=new_code())
    assert BAD in by_code(Revision.objects.get(pk=signed.pk))


def test_a_forged_file_put_in_the_sealed_ones_place_is_found(signed: Revision) -> None:
    seal(signed)
    forged = b"%PDF-1.7 forged"
    Revision.objects.filter(pk=signed.pk).update(sealed_sha256=hashlib.sha256(forged).hexdigest())
    assert BAD in by_file(forged)[1]


def test_a_withdrawal_that_was_taken_out_of_the_row_is_found(signed: Revision, officer: Person) -> None:
    publication = publishing.publish(revision=signed, by=officer, at=NEXT_YEAR)
    publishing.withdraw(publication=publication, reason="ผิด", by=officer, at=NEXT_YEAR)
    assert BAD not in by_code(signed)
    untold = {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": ""}
    Publication.objects.filter(pk=publication.pk).update(**untold)
    assert BAD in by_code(signed)


def test_a_rehearsal_is_one_by_what_was_signed_too() -> None:
    revision = revision_of(replace(content_of(), is_rehearsal=True))
    assert "ตัวอย่าง ไม่ใช่เอกสารราชการ" in by_code(revision)
    by = Person.objects.filter(agency=revision.report.plan.agency).earliest("pk")
    with pytest.raises(Refused, match="ซ้อม"):
        publishing.publish(revision=revision, by=by, at=NEXT_YEAR)


# --- the page itself --------------------------------------------------------------------------------------------


def test_it_says_what_kind_of_signature_this_is_and_is_not() -> None:
    text = ask("/v/")[1]
    assert "มาตรา 9 แห่งพระราชบัญญัติว่าด้วยธุรกรรมทางอิเล็กทรอนิกส์ พ.ศ. 2544" in text
    assert "ไม่ใช่ ลายมือชื่ออิเล็กทรอนิกส์ที่เชื่อถือได้ตามมาตรา 26" in text


def test_a_certificate_of_the_portal_is_called_so() -> None:
    revision = revision_of(content_of())
    Revision.objects.filter(pk=revision.pk).update(
        seal_level="B-B", seal_name="เทศบาลตำบลตัวอย่าง (ใบรับรองที่พอร์ทัลออกเอง)"
    )
    assert "ใบรับรองนี้พอร์ทัลออกเอง ไม่ได้ออกโดยผู้ให้บริการออกใบรับรอง" in by_code(revision)


def test_it_is_not_for_search_engines_and_sets_no_cookie() -> None:
    revision = revision_of(content_of())
    for address in ("/v/", f"/v/{shown(revision.code)}/", "/v/nothing/"):
        answer = Client().get(address)
        assert answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies


def test_its_script_may_connect_to_nowhere() -> None:
    policy = Client().get("/v/")["Content-Security-Policy"]
    assert policy == GUARDS["Content-Security-Policy"]
    assert "connect-src 'none'" in policy
    assert "script-src 'self'" in policy


@pytest.mark.parametrize("measures", [7, 70])
def test_an_answer_costs_five_statements(
    measures: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    revision = revision_of(content_of(measures))
    publish(revision)
    with django_assert_num_queries(5):  # the fifth asks the trail
        by_code(revision)


def _resign(revision: Revision) -> None:
    """Sign the changed rows again, as a chain of its own."""
    previous = ""
    for signoff in revision.signoffs.order_by("order"):
        bound = json.loads(signoff.bound)
        bound |= {"previous": previous, "presented": Revision.objects.get(pk=revision.pk).presented_sha256}
        signoff.previous_hash = previous
        signoff.bound = json.dumps(bound, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        signoff.hash = previous = link_hash(signoff.bound)
        signoff.save()

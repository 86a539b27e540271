"""One form for one measure's result of one period, for the unit that reports and the officer who checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from measures import dates
from measures.actions.evidence import Received, attach_file, receive_file
from measures.actions.results import (
    ResultInput,
    accept_result,
    add_address,
    recall_result,
    remove_evidence,
    rename_evidence,
    return_result,
    save_result,
    set_evidence_public,
    submit_result,
)
from measures.attachments import ACCEPT
from measures.bullets import parse
from measures.choices import Workflow
from measures.errors import Changed, Refused
from measures.models import QuarterlyResult
from measures.views.guard import DeskRequest, desk, require
from measures.views.once import once
from measures.views.result_page import (
    Page,
    Sheet,
    evidence_forms,
    merged_sheet,
    open_entry,
    stored_sheet,
    typed_sheet,
)

NOT_YOURS = "ท่านเปิดอ่านผลการดำเนินการนี้ได้ แต่ไม่มีสิทธิแก้ไข หากต้องแก้ไข กรุณาแจ้งนิติกรของหน่วยงาน"
REVIEW_ACTS = ("accept", "return")


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def result(request: DeskRequest, measure_id: int, number: int) -> HttpResponse:
    """Read, fill in, save, send; the officer also accepts and returns."""
    page = Page(request, open_entry(request, measure_id, number))
    if request.method == "POST":
        return _answer(page)
    return _show(page, stored_sheet(page))


@require_POST
@desk
def result_recall(request: DeskRequest, measure_id: int, number: int) -> HttpResponse:
    """Take a submitted result back before the officer has checked it."""
    page = Page(request, open_entry(request, measure_id, number))
    require(page.may_report, NOT_YOURS)

    def act() -> tuple[str, str]:
        if page.entry.result is None:
            raise Refused("ยังไม่ได้ส่งผลการดำเนินการรายการนี้ ท่านกรอกและส่งได้")
        recall_result(result=page.entry.result, by=request.user, at=timezone.now())
        return page.url, "ดึงกลับแล้ว ท่านแก้ไขและส่งใหม่ได้"

    try:
        return once(request, act)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(page.url)


@require_POST
@desk
def bullets_preview(request: DeskRequest) -> HttpResponse:
    """How typed lines will read, for the preview beside the text; nothing is stored."""
    typed = request.POST.get("body", "")[:20_000]
    return render(request, "desk/results/preview.html", {"bullets": parse(typed)})


def _answer(page: Page) -> HttpResponse:
    require(page.may_report, NOT_YOURS)
    act = page.request.POST.get("act", "save")
    require(act not in REVIEW_ACTS or page.may_review, "การตรวจและส่งกลับเป็นหน้าที่ของนิติกรของหน่วยงาน")
    if act == "merge":
        return _show(page, merged_sheet(page))
    received, problems = _receive(page.request)
    sheet = typed_sheet(page, act, problems)
    if not sheet.is_valid:
        return _keep_typed(page, sheet, received)
    if problems and act in ("submit", "accept"):
        act = "save"  # what was to go with it is not there yet
    try:
        answer = once(page.request, lambda: _act(page, sheet, act, received))
    except Changed as changed:
        return _keep_typed(page, sheet, received, note=str(changed), conflict=True)
    except Refused as refusal:
        sheet.result.add_error(None, str(refusal))
        return _keep_typed(page, sheet, received, status=409)
    if problems:
        page = page.again()
        return _show(page, replace(stored_sheet(page), file_problems=_with_the_others(problems, received)))
    return answer


def _act(page: Page, sheet: Sheet, act: str, received: list[Received]) -> tuple[str, str]:
    """Save what was typed and go on as the button said; runs in one transaction."""
    by, at = page.request.user, timezone.now()
    result = save_result(
        measure=page.entry.measure,
        period=page.entry.period,
        version=sheet.version,
        given=sheet.result.given,
        by=by,
        at=at,
    )
    _save_evidence(page, sheet, result, received, at)
    if act in ("submit", "accept") and result.state in (Workflow.DRAFT, Workflow.RETURNED):
        result = submit_result(result=result, by=by, at=at)
    if act == "accept":
        accept_result(result=result, by=by, at=at)
    if act == "return":
        reason = sheet.result.cleaned_data["return_reason"]
        return_result(result=result, reason=reason, by=by, at=at)
    return page.url, _done(page, act, at)


def _done(page: Page, act: str, at: datetime) -> str:
    time = dates.time_label(at)
    if act == "submit":
        return f"ส่งผลการดำเนินการให้นิติกรแล้ว เมื่อเวลา {time} หากต้องการแก้ไข ให้ดึงกลับก่อนนิติกรตรวจ"
    if act == "accept":
        return f"ตรวจแล้ว เมื่อเวลา {time}"
    if act == "return":
        return "ส่งกลับแก้ไขแล้ว ส่วนราชการจะเห็นเหตุผลของท่านเมื่อเปิดแบบรายงาน"
    return f"บันทึกแล้ว เมื่อเวลา {time}" if page.may_review else f"บันทึกร่างแล้ว เมื่อเวลา {time} ยังไม่ได้ส่งให้นิติกร"


def _save_evidence(
    page: Page, sheet: Sheet, result: QuarterlyResult, received: list[Received], at: datetime
) -> None:
    by = page.request.user
    for form in sheet.evidence:
        if not form.is_bound:
            continue
        said, evidence = form.cleaned_data, form.evidence
        if said["remove"]:
            remove_evidence(evidence=evidence, by=by, at=at)
            continue
        if said["title"] != evidence.title:
            rename_evidence(evidence=evidence, title=said["title"], by=by, at=at)
        if said["is_public"] != evidence.is_public:
            set_evidence_public(evidence=evidence, is_public=said["is_public"], by=by, at=at)
    for file in received:
        attach_file(result=result, received=file, title="", is_public=False, by=by, at=at)
    said = sheet.address.cleaned_data
    if said["url"]:
        add_address(
            result=result,
            title=said["url_title"],
            url=said["url"],
            is_public=said["url_public"],
            by=by,
            at=at,
        )


def _receive(request: HttpRequest) -> tuple[list[Received], list[str]]:
    """Check and keep the files that came, before any transaction; those refused as sentences."""
    received, problems = [], []
    for file in request.FILES.getlist("files"):
        try:
            received.append(receive_file(filename=file.name or "", chunks=file.chunks()))
        except Refused as refusal:
            problems.append(str(refusal))
    return received, problems


def _with_the_others(problems: list[str], received: list[Received]) -> list[str]:
    return [*problems[:-1], f"{problems[-1]} ไฟล์อื่นแนบไว้เรียบร้อยแล้ว"] if received else problems


def _keep_typed(
    page: Page,
    sheet: Sheet,
    received: list[Received],
    *,
    note: str = "",
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Show what was typed again; files, which a browser cannot send twice, are attached all the same."""
    problems, made = sheet.file_problems, None
    try:
        made = _attach(page, received) if received else None
    except Refused:
        problems = [*problems, *(f'ไฟล์ "{file.filename}" ยังไม่ได้แนบ กรุณาเลือกไฟล์อีกครั้ง' for file in received)]
        received = []
    page = page.again()
    sheet = replace(
        sheet,
        evidence=evidence_forms(page, page.request.POST),
        file_problems=_with_the_others(problems, received) if problems else [],
        version=page.entry.version if conflict else sheet.version or made,
        note=note,
        conflict=page.entry.result if conflict else None,
    )
    for form in sheet.evidence:
        form.is_valid()
    return _show(page, sheet, status=409 if conflict else status)


@transaction.atomic
def _attach(page: Page, received: list[Received]) -> int | None:
    """Attach files to the result, to an empty draft where there is none yet; the draft's version, if made."""
    by, at, entry = page.request.user, timezone.now(), page.again().entry
    result, made = entry.result, None
    if result is None:
        result = save_result(
            measure=entry.measure, period=entry.period, version=None, given=ResultInput(), by=by, at=at
        )
        made = result.version
    for file in received:
        attach_file(result=result, received=file, title="", is_public=False, by=by, at=at)
    return made


def _show(page: Page, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    context = {
        "page": page,
        "entry": page.entry,
        "sheet": sheet,
        "form": sheet.result,
        "accept_files": ACCEPT,
    }
    return render(page.request, "desk/results/result.html", context, status=status)

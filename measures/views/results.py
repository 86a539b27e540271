"""One form for one measure's result of one period, for the unit that reports and the officer who checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from measures.bullets import Bullets, parse
from measures.choices import Workflow
from measures.errors import Changed, Refused
from measures.forms.results import AddressForm, EvidenceForm, ResultForm, stored_values
from measures.models import QuarterlyResult
from measures.queries.results import Entry, Timing, find_entry
from measures.views.guard import DeskRequest, agency_of, desk, require
from measures.views.once import once
from measures.workflow import allowed

NOT_YOURS = "ท่านเปิดอ่านผลการดำเนินการนี้ได้ แต่ไม่มีสิทธิแก้ไข หากต้องแก้ไข กรุณาแจ้งนิติกรของหน่วยงาน"
REVIEW_ACTS = ("accept", "return")


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def result(request: DeskRequest, measure_id: int, number: int) -> HttpResponse:
    """Read, fill in, save, send; the officer also accepts and returns."""
    page = Page(request, _entry(request, measure_id, number))
    if request.method == "POST":
        return _answer(page)
    return _show(page, _blank(page))


@require_POST
@desk
def result_recall(request: DeskRequest, measure_id: int, number: int) -> HttpResponse:
    """Take a submitted result back before the officer has checked it."""
    page = Page(request, _entry(request, measure_id, number))
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


@dataclass(frozen=True)
class Page:
    """What a person sees and may do with one entry; asked by the view and its template alike."""

    request: DeskRequest
    entry: Entry

    @property
    def url(self) -> str:
        return reverse("result", args=[self.entry.measure.pk, self.entry.period.number])

    @cached_property
    def may_report(self) -> bool:
        return self.request.access.may_report_on(self.entry.measure)

    @property
    def may_review(self) -> bool:
        return self.request.access.may_review

    @property
    def is_open(self) -> bool:
        return self.entry.period.opens <= self.request.access.today

    @property
    def may_write(self) -> bool:
        act = "correct" if self.may_review else "save"
        return self.may_report and self.is_open and allowed(self.entry.state, act)

    @property
    def may_recall(self) -> bool:
        return self.may_report and not self.may_review and allowed(self.entry.state, "recall")

    @property
    def may_submit(self) -> bool:
        return (not self.may_review and allowed(self.entry.state, "submit")) or self._is_new

    @property
    def may_accept(self) -> bool:
        """At once for what the officer entered, else what a unit has sent."""
        return self.may_review and self.entry.state != Workflow.ACCEPTED

    @property
    def may_return(self) -> bool:
        return self.may_review and allowed(self.entry.state, "return")

    @property
    def accept_word(self) -> str:
        return "ตรวจแล้ว" if self.entry.state == Workflow.SUBMITTED else "บันทึกและตรวจแล้ว"

    @property
    def _is_new(self) -> bool:
        return not self.may_review and self.entry.state == Workflow.NOT_STARTED

    @property
    def timing(self) -> Timing:
        return Timing.of(self.entry.period, self.entry.result, self.request.access.today)

    @property
    def where_it_stands(self) -> str:
        """Who has the result now, and what can be done; empty for those who only read."""
        result, period = self.entry.result, self.entry.period
        if not self.is_open:
            return (
                f"{period} เปิดรับรายงานวันที่ {dates.long_date(period.opens)} ขณะนี้ท่านอ่านรายละเอียดได้ แต่ยังกรอกไม่ได้"
            )
        if not self.may_report or result is None:
            return ""
        if result.state == Workflow.SUBMITTED and result.submitted_at:
            when = dates.moment_label(result.submitted_at)
            if self.may_review:
                return f"{result.submitted_by} ส่งผลการดำเนินการมาให้ตรวจ เมื่อวันที่ {when}"
            return f"ส่งผลการดำเนินการให้นิติกรแล้ว เมื่อวันที่ {when} หากต้องการแก้ไข ให้ดึงกลับก่อนนิติกรตรวจ"
        if result.state == Workflow.ACCEPTED and result.reviewed_at:
            when = dates.moment_label(result.reviewed_at)
            if self.may_review:
                return f"{result.reviewed_by} ตรวจแล้ว เมื่อวันที่ {when} ท่านแก้ไขหรือส่งกลับได้"
            return f"นิติกรตรวจแล้ว เมื่อวันที่ {when} หากต้องการแก้ไข กรุณาแจ้งนิติกรให้ส่งกลับ"
        return ""

    def again(self) -> Page:
        """The same page as the database has it now."""
        return Page(self.request, _entry(self.request, self.entry.measure.pk, self.entry.period.number))


@dataclass(frozen=True)
class Sheet:
    """The forms of the page: the result, each piece of evidence, an address to add."""

    result: ResultForm
    evidence: list[EvidenceForm]
    address: AddressForm
    version: int | None
    file_problems: list[str]
    note: str = ""
    conflict: QuarterlyResult | None = None

    @property
    def bullets(self) -> Bullets:
        """How the text in the form reads."""
        return parse(str(self.result["body"].value() or ""))

    @property
    def is_valid(self) -> bool:
        # A list: all are asked, so that every error is shown at once.
        forms = [self.result, self.address, *(form for form in self.evidence if form.is_bound)]
        return all([form.is_valid() for form in forms])  # noqa: C419 -- see above, 2026-11


def _entry(request: DeskRequest, measure_id: int, number: int) -> Entry:
    agency_of(request)
    entry = find_entry(request.access.measures(), measure_id, number)
    if entry is None:
        raise Http404
    return entry


def _blank(page: Page) -> Sheet:
    """The stored result; with ``?start=previous`` the answer before it as a text to start from."""
    entry = page.entry
    initial = stored_values(entry.result)
    note = ""
    if page.request.GET.get("start") == "previous" and entry.previous and page.may_write:
        initial["body"] = "\n".join(text for text in (initial.get("body", ""), entry.previous.body) if text)
        note = f"นำข้อความของ{entry.previous.period}มาตั้งต้นแล้ว ยังไม่ได้บันทึก กรุณาแก้ไขให้เป็นผลของงวดนี้"
    return Sheet(
        ResultForm(initial=initial, steps=entry.steps),
        _evidence_forms(page, None),
        AddressForm(),
        entry.version,
        [],
        note,
    )


def _typed(page: Page, act: str, problems: list[str]) -> Sheet:
    """What was sent, as it was typed."""
    data = page.request.POST
    form = ResultForm(data, steps=page.entry.steps, act=act)
    form.is_valid()
    return Sheet(
        form, _evidence_forms(page, data), AddressForm(data), form.cleaned_data.get("version"), problems
    )


def _evidence_forms(page: Page, data: object) -> list[EvidenceForm]:
    evidence = page.entry.result.evidence.all() if page.entry.result else []
    return [EvidenceForm(data, evidence=one) for one in evidence]  # type: ignore[arg-type]


def _answer(page: Page) -> HttpResponse:
    require(page.may_report, NOT_YOURS)
    act = page.request.POST.get("act", "save")
    require(act not in REVIEW_ACTS or page.may_review, "การตรวจและส่งกลับเป็นหน้าที่ของนิติกรของหน่วยงาน")
    if act == "merge":
        return _show(page, _merged(page))
    received, problems = _receive(page.request)
    sheet = _typed(page, act, problems)
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
        return _show(page, replace(_blank(page), file_problems=_with_the_others(problems, received)))
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
    version = sheet.version
    if received and page.may_write:
        made = _attach(page, received)
        version = made if sheet.version is None and made is not None else version
    page = page.again()
    sheet = replace(
        sheet,
        evidence=_evidence_forms(page, page.request.POST),
        file_problems=_with_the_others(sheet.file_problems, received) if sheet.file_problems else [],
        version=page.entry.version if conflict else version,
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


def _merged(page: Page) -> Sheet:
    """Both texts of a conflict, one after the other, each line once, to be put in order by the person."""
    data = page.request.POST.copy()
    theirs = page.entry.result.body if page.entry.result else ""
    kept = set(theirs.splitlines())
    mine = [line for line in data.get("body", "").splitlines() if line.rstrip() not in kept]
    data["body"] = "\n".join([*theirs.splitlines(), *mine])
    form = ResultForm(data, steps=page.entry.steps)
    return Sheet(
        form,
        _evidence_forms(page, data),
        AddressForm(data),
        page.entry.version,
        [],
        "นำข้อความทั้งสองฉบับมาต่อกันแล้ว ยังไม่ได้บันทึก กรุณาเรียบเรียงแล้วบันทึก",
    )


def _show(page: Page, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    context = {
        "page": page,
        "entry": page.entry,
        "sheet": sheet,
        "form": sheet.result,
        "accept_files": ACCEPT,
    }
    return render(page.request, "desk/results/result.html", context, status=status)

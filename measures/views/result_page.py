"""What the page of one result shows and lets a person do: where it stands, its forms, stored, typed or joined."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from measures import dates
from measures.bullets import Bullets, parse
from measures.choices import Progress, Workflow
from measures.forms.results import AddressForm, EvidenceForm, ResultForm, stored_values
from measures.models import QuarterlyResult
from measures.queries.results import Entry, Timing, find_entry
from measures.views.guard import DeskRequest, agency_of
from measures.workflow import allowed


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
        return Page(self.request, open_entry(self.request, self.entry.measure.pk, self.entry.period.number))


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
    def progress_word(self) -> str:
        """The status that is chosen in the form, in words."""
        return dict(Progress.choices).get(str(self.result["progress"].value() or ""), "")

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error of the page with the id of its field, for the list on top of the form."""
        forms = [self.result, self.address, *self.evidence]
        return [
            (form[name].id_for_label or form[name].auto_id, str(sentence))
            for form in forms
            for name, sentences in form.errors.items()
            if name not in ("__all__", "version")
            for sentence in sentences
        ]

    @property
    def is_valid(self) -> bool:
        # A list: all are asked, so that every error is shown at once.
        forms = [self.result, self.address, *(form for form in self.evidence if form.is_bound)]
        return all([form.is_valid() for form in forms])  # noqa: C419 -- see above, 2026-11


def open_entry(request: DeskRequest, measure_id: int, number: int) -> Entry:
    agency_of(request)
    entry = find_entry(request.access.measures(), measure_id, number)
    if entry is None:
        raise Http404
    return entry


def stored_sheet(page: Page) -> Sheet:
    """The stored result; with ``?start=previous`` the answer before it as a text to start from."""
    entry = page.entry
    initial = stored_values(entry.result)
    note = ""
    if page.request.GET.get("start") == "previous" and entry.previous and page.may_write:
        initial["body"] = "\n".join(text for text in (initial.get("body", ""), entry.previous.body) if text)
        note = f"นำข้อความของ{entry.previous.period} มาตั้งต้นแล้ว ยังไม่ได้บันทึก กรุณาแก้ไขให้เป็นผลของงวดนี้"
    return Sheet(
        ResultForm(initial=initial, steps=entry.steps),
        evidence_forms(page, None),
        AddressForm(),
        entry.version,
        [],
        note,
    )


def typed_sheet(page: Page, act: str, problems: list[str]) -> Sheet:
    """What was sent, as it was typed."""
    data = page.request.POST
    form = ResultForm(data, steps=page.entry.steps, act=act)
    form.is_valid()
    return Sheet(
        form, evidence_forms(page, data), AddressForm(data), form.cleaned_data.get("version"), problems
    )


def merged_sheet(page: Page) -> Sheet:
    """Both texts of a conflict, one after the other, each line once, to be put in order by the person."""
    data = page.request.POST.copy()
    for name in ("body", "obstacles", "suggestions"):
        theirs = getattr(page.entry.result, name, "").splitlines()
        mine = [line for line in data.get(name, "").splitlines() if line.rstrip() not in set(theirs)]
        data[name] = "\n".join([*theirs, *mine])
    form = ResultForm(data, steps=page.entry.steps)
    return Sheet(
        form,
        evidence_forms(page, data),
        AddressForm(data),
        page.entry.version,
        [],
        "นำข้อความทั้งสองฉบับมาต่อกันแล้ว ยังไม่ได้บันทึก กรุณาเรียบเรียงแล้วบันทึก",
    )


def evidence_forms(page: Page, data: object) -> list[EvidenceForm]:
    evidence = page.entry.result.evidence.all() if page.entry.result else []
    return [EvidenceForm(data, evidence=one) for one in evidence]  # type: ignore[arg-type]

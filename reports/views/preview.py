"""The pages of a report beside its form: of what is being typed, without saving it, or of the saved draft."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from measures.views.guard import DeskRequest, desk, require
from reports.actions.reports import unsaved
from reports.compose import compose, compose_draft
from reports.content import Content
from reports.document.fonts import Unprintable
from reports.document.screen import PARTS, Shown, show
from reports.forms.reports import ReportForm, SectionForm, SectionFormSet, given
from reports.models import Report
from reports.views.desk import READERS_ONLY, report_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def report_preview(request: DeskRequest, report_id: int) -> HttpResponseBase:
    """The saved draft as a page of its own for browsers without script; posted, the pages of what was typed.

    ``part`` (repeated) names the parts of the document that are asked for. The pages whose marks are in ``have`` come
    empty, since the browser shows them already. Nothing is ever saved.
    """
    found = report_or_404(request, report_id)
    require(request.access.may_read_plan, READERS_ONLY)
    if request.method != "POST":
        return _frame(request, compose(found))
    form = ReportForm(request.POST, report=found)
    sections = SectionFormSet(request.POST, prefix="sections")
    if not all([form.is_valid(), sections.is_valid()]):
        return _sentence(_waiting([form, *form.columns.rows, *sections]), status=400)
    return _typed(request, found, form, sections)


def _typed(
    request: DeskRequest, found: Report, form: ReportForm, sections: forms.BaseFormSet[SectionForm]
) -> HttpResponse:
    asked = request.POST.getlist("part")
    draft = unsaved(report=found, given=given(form, sections))
    content = compose_draft(draft, measures="table" in asked)
    try:
        shown = _pages(content, asked)
    except Unprintable as error:
        return _sentence(str(error), status=409)
    context = {"shown": shown, "have": request.POST.get("have", "").split()}
    return render(request, "desk/reports/pages.html", context)


def _frame(request: DeskRequest, content: Content) -> HttpResponse:
    try:
        context: dict[str, object] = {"shown": _pages(content, list(PARTS)), "have": ()}
    except Unprintable as error:
        context = {"sentence": str(error)}
    return render(request, "desk/reports/pages_frame.html", context)


def _pages(content: Content, asked: list[str]) -> list[Shown]:
    sha256 = content.agency.emblem_sha256
    emblem_url = f"{reverse('emblem')}?v={sha256[:12]}" if sha256 else ""
    return show(content, parts=tuple(part for part in PARTS if part in asked), emblem_url=emblem_url)


def _sentence(sentence: str, *, status: int) -> HttpResponse:
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)


def _waiting(asked: Iterable[forms.Form]) -> str:
    """Why the pages stay as they were: what the fields are called that cannot be understood yet."""
    labels = [f"“{form.fields[name].label}”" for form in asked for name in form.errors if name in form.fields]
    return f"ตัวอย่างยังเป็นข้อความก่อนหน้า จะเปลี่ยนตามเมื่อแก้ไข{' และ '.join(labels) or 'แบบฟอร์ม'}ให้ถูกต้อง"

"""The document's twins on the desk: a revision, or the saved draft, as Word, Excel, CSV and JSON."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from measures import storage
from measures.views.guard import DeskRequest, desk, require
from reports.actions.sending import emblem_of
from reports.actions.twins import keep_twins, printed_of
from reports.compose import compose
from reports.content import Content
from reports.document.fonts import Unprintable
from reports.exports import TWINS, Printed, file_stem
from reports.views.desk import READERS_ONLY, report_or_404, unprintable
from reports.views.signing import revision_or_404


@require_safe
@desk
def revision_twin(request: DeskRequest, revision_id: int, ending: str) -> HttpResponse:
    """A revision in another format, for whoever may read it."""
    found = revision_or_404(request, revision_id)
    if found.sealed_sha256:
        data = storage.read(keep_twins(found)[ending])
    else:
        data = TWINS[ending].make(printed_of(found))
    return _file(found.read(), f"-{found.number}", ending, data)


@require_safe
@desk
def report_draft_twin(request: DeskRequest, report_id: int, ending: str) -> HttpResponse:
    """The saved draft in another format, marked as one."""
    found = report_or_404(request, report_id)
    require(request.access.may_read_plan, READERS_ONLY)
    content = compose(found)
    try:
        data = TWINS[ending].make(Printed(content, "draft", emblem=emblem_of(content)))
    except Unprintable as error:
        return unprintable(request, found, error)
    return _file(content, "-draft", ending, data)


def _file(content: Content, which: str, ending: str, data: bytes) -> HttpResponse:
    """A download; who may read it can change, so nothing keeps a copy."""
    response = HttpResponse(data, content_type=TWINS[ending].media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_stem(content)}{which}{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response

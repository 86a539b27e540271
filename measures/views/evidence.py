"""Evidence as a download, for people of the agency who may see the measure it belongs to."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from measures import storage
from measures.models import Evidence
from measures.views.guard import DeskRequest, agency_of, desk


@require_safe
@desk
def evidence(request: DeskRequest, uid: UUID) -> FileResponse:
    """Send the file under its name, never opened in the page, and only if its bytes are those that came."""
    agency_of(request)
    found = Evidence.objects.filter(
        uid=uid, url="", result__measure__in=request.access.measures().values("pk")
    ).first()
    if found is None:
        raise Http404
    return download(found.sha256, filename=found.filename, content_type=found.content_type)


def download(sha256: str, *, filename: str, content_type: str) -> FileResponse:
    """The kept file as a download that no page can open in place; raises ``Damaged`` where its bytes are not those."""
    data = BytesIO(storage.read(sha256))
    answer = FileResponse(data, as_attachment=True, filename=filename, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer

"""The evidence of a revision, for everybody who may read the revision: what is signed can be looked at."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from measures.models import Evidence
from measures.views.evidence import download
from measures.views.guard import DeskRequest, desk
from reports.views.signing import revision_or_404


@require_safe
@desk
def revision_evidence(request: DeskRequest, revision_id: int, uid: UUID) -> FileResponse:
    """Send the very file that was frozen with the revision, also where it was taken out of the result since."""
    frozen = revision_or_404(request, revision_id).read().evidence(str(uid))
    if frozen is None or not frozen.sha256:
        raise Http404
    # Of internal evidence nothing but the hash is frozen; its name is the one it has today.
    kept = Evidence.objects.filter(uid=uid).first()
    filename = frozen.filename or (kept.filename if kept else "หลักฐาน")
    content_type = frozen.content_type or (kept.content_type if kept else "application/octet-stream")
    return download(frozen.sha256, filename=filename, content_type=content_type)

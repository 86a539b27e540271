"""The portal's own few pages: where a person lands, whether it is well, and what went wrong."""

from __future__ import annotations

import errno
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from measures.storage import Damaged
from measures.views.guard import DeskRequest, desk
from measures.views.typed import not_taken
from reports.document.font_sources import FontsMissing


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and the version once the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(f"ok {settings.VERSION}\n", content_type="text/plain")


@desk
def home(request: DeskRequest) -> HttpResponseBase:
    """Send a person to the first screen of their work."""
    access = request.access
    if access.is_officer or access.is_auditor:
        return redirect("plans")
    if access.is_signatory:
        return redirect("inbox")
    if access.is_contributor:
        return redirect("unit")
    if access.is_administrator:
        return redirect("agency_settings")
    if access.is_portal_administrator:
        return redirect("agencies")
    return render(request, "no_role.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 with what to send less of. Reads nothing of a request that could not be read."""
    sentence = next((words for kind, words in _TOO_MUCH.items() if isinstance(exception, kind)), "")
    page = render_to_string("400.html", {"too_much": sentence})
    return HttpResponse(page, status=413 if sentence else 400)


_TOO_MUCH = {
    RequestDataTooBig: f"ข้อความที่ส่งมายาวเกิน {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000} MB",
    TooManyFilesSent: f"ส่งไฟล์ได้ครั้งละไม่เกิน {settings.DATA_UPLOAD_MAX_NUMBER_FILES} ไฟล์",
    TooManyFieldsSent: f"ส่งข้อมูลได้ครั้งละไม่เกิน {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} ช่อง",
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines read what is public and leave the desk and the sign-in alone."""
    return HttpResponse(
        "User-agent: *\nDisallow: /desk/\nDisallow: /accounts/\n",
        content_type="text/plain",
        headers={"Cache-Control": "public, max-age=86400"},
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """503 with what is wrong while the database, the files or the fonts cannot be used, else 500.

    Drawn without the database, and without the request, which may ask it.
    """
    fault = sys.exception()
    if sentence := _out_of_order(fault):
        page = render_to_string("out_of_order.html", {"sentence": sentence})
        return HttpResponse(page, status=503, headers={"Cache-Control": "no-store"})
    # SQLite says "no such column" with the same class: a fault of ours that waiting does not mend.
    if isinstance(fault, OperationalError | InterfaceError) and not str(fault).startswith("no such"):
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
    return HttpResponse(render_to_string("500.html"), status=500)


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)


def _out_of_order(fault: BaseException | None) -> str:
    """What somebody must mend on the machine before this can be done, "" for any other fault."""
    if isinstance(fault, Damaged):
        return str(fault)
    if isinstance(fault, FontsMissing):
        return "แบบอักษรของเอกสารในเครื่องแม่ข่ายไม่ครบ จึงยังพิมพ์เอกสารไม่ได้ กรุณาแจ้งผู้ดูแลระบบ"
    if isinstance(fault, OSError) and fault.errno in _NO_ROOM:
        return (
            "ที่เก็บไฟล์ของระบบเต็มหรือเขียนไม่ได้ ข้อมูลที่บันทึกไว้แล้วยังอยู่ครบ แต่สิ่งที่เพิ่งส่งยังไม่ได้บันทึก "
            "กรุณาแจ้งผู้ดูแลระบบ แล้วกดย้อนกลับและลองอีกครั้ง"
        )
    return ""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 in Thai, with what was typed."""
    return not_taken(request)

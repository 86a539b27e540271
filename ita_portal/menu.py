"""What the menu offers a signed-in person: one list, from the same access object that guards the views."""

from __future__ import annotations

from typing import TypedDict

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from measures.fiscal import bangkok_date
from measures.models import Person
from measures.permissions import Access
from measures.queries.letters import mail_trouble
from reports.queries import waiting_for

PARTS = {
    "plans": ("/desk/measures/", "/desk/groups/", "/desk/results/"),
    "unit": ("/desk/results/",),
    "reports": ("/desk/revisions/",),
}
"""Addresses below an entry that do not begin with its own."""


class Entry(TypedDict):
    label: str
    url: str
    count: int
    here: bool


def menu(request: HttpRequest) -> dict[str, object]:
    """``menu``, ``access`` and what keeps letters from going, for who is signed in; nothing for the public."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {}
    access = getattr(request, "access", None) or Access(person, bangkok_date(timezone.now()))
    return {
        "menu": [_entry(request, *e) for e in _entries(access)],
        "access": access,
        "mail_trouble": mail_trouble(access.agency, timezone.now()) if access.may_handle_letters else "",
    }


def _entries(access: Access) -> list[tuple[str, str, int]]:
    entries: list[tuple[str, str, int]] = []
    if access.may_read_plan:
        entries.append(("มาตรการและผล", "plans", 0))
    if access.is_contributor:
        entries.append(("งานของส่วนราชการ", "unit", 0))
    waiting = waiting_for(access.appointments).count() if access.is_signatory else 0
    # An officer who only writes the report has nothing to look for there.
    if waiting or (access.is_signatory and not (access.is_officer and access.only_authors)):
        entries.append(("รอท่านลงนาม", "inbox", waiting))
    if access.may_read_plan:
        entries.append(("รายงานและการลงนาม", "reports", 0))
        entries.append(("บันทึกการกระทำ", "trail", 0))
    if access.may_handle_letters or (access.is_portal_administrator and access.agency is None):
        entries.append(("จดหมายออก", "letters", 0))
    if access.may_administer:
        entries.append(("ตั้งค่าหน่วยงาน", "agency_settings", 0))
    if access.is_portal_administrator:
        entries.append(("หน่วยงานในพอร์ทัล", "agencies", 0))
        entries.append(("ข้อการประเมิน", "assessment_items", 0))
        if access.agency is None:
            entries.append(("บันทึกการกระทำ", "trail", 0))
    return entries


def _entry(request: HttpRequest, label: str, name: str, count: int) -> Entry:
    url = reverse(name)
    here = request.path.startswith((url, *PARTS.get(name, ())))
    return {"label": label, "url": url, "count": count, "here": here}

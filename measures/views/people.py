"""People of the agency: who they are, what they may do, their invitation, and closing an account."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.actions import people as actions
from measures.errors import Refused
from measures.forms.fields import understood
from measures.forms.people import InvitationForm, PersonForm
from measures.models import Person
from measures.views.guard import DeskRequest, desk
from measures.views.once import once
from measures.views.setup import administered

INVITATION = """เรียน {name}

ท่านได้รับเชิญให้ใช้งานพอร์ทัลมาตรการส่งเสริมคุณธรรมและความโปร่งใสของ{agency}
ชื่อผู้ใช้: {username}
เปิดลิงก์นี้เพื่อตั้งรหัสผ่าน (ใช้ได้ 3 วัน)
{link}
"""


@require_safe
@desk
def people(request: DeskRequest) -> HttpResponse:
    """Everyone of the agency with their roles."""
    agency = administered(request)
    everyone = Person.objects.for_agency(agency).prefetch_related(
        "grants__unit__parent", "appointments__position"
    )
    return render(request, "desk/setup/people.html", {"people": everyone})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def person_new(request: DeskRequest) -> HttpResponseBase:
    """Invite a person."""
    agency = administered(request)
    form = InvitationForm(request.POST or None, agency=agency)
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            data = form.cleaned_data
            person = actions.invite_person(
                agency=agency,
                username=data["username"],
                full_name=data["full_name"],
                email=data["email"],
                grants=form.grants(),
                by=request.user,
                at=timezone.now(),
            )
            transaction.on_commit(lambda: _mail_invitation(person), robust=True)
            return reverse(
                "person", args=[person.pk]
            ), f"เพิ่ม {person} แล้ว ส่งลิงก์ด้านล่างให้ผู้นี้ตั้งรหัสผ่าน{understood(form)}"

        return once(request, act)
    return _form(request, form, "เชิญบุคคล", "เพิ่มและสร้างลิงก์เชิญ", reverse("people"))


@require_safe
@desk
def person(request: DeskRequest, person_id: int) -> HttpResponse:
    """One person, with the invitation to hand on while they have no password."""
    someone = _of_agency(request, person_id)
    link = "" if someone.has_usable_password() else invitation_link(someone)
    return render(request, "desk/setup/person.html", {"person": someone, "link": link})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def person_edit(request: DeskRequest, person_id: int) -> HttpResponseBase:
    """Change a person's name, e-mail and roles."""
    someone = _of_agency(request, person_id)
    form = PersonForm(request.POST or None, instance=someone, agency=administered(request))
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            actions.change_person(
                person=form.instance, grants=form.grants(), by=request.user, at=timezone.now()
            )
            return reverse("person", args=[someone.pk]), f"บันทึกข้อมูลของ {form.instance} แล้ว{understood(form)}"

        try:
            return once(request, act)
        except Refused as refusal:
            form.add_error("roles", str(refusal))
    return _form(request, form, f"แก้ไข {someone}", "บันทึก", reverse("person", args=[someone.pk]))


@require_POST
@desk
def person_close(request: DeskRequest, person_id: int) -> HttpResponseBase:
    """Close an account."""
    someone = _of_agency(request, person_id)

    def act() -> tuple[str, str]:
        actions.close_person(person=someone, by=request.user, at=timezone.now())
        return reverse("person", args=[someone.pk]), f"ปิดบัญชีของ {someone} แล้ว ผู้นี้เข้าสู่ระบบไม่ได้อีก"

    try:
        return once(request, act)
    except Refused as refusal:
        return render(request, "desk/setup/person.html", {"person": someone, "refusal": refusal}, status=409)


@require_POST
@desk
def person_reopen(request: DeskRequest, person_id: int) -> HttpResponseBase:
    """Open a closed account again."""
    someone = _of_agency(request, person_id)

    def act() -> tuple[str, str]:
        actions.reopen_person(person=someone, by=request.user, at=timezone.now())
        return reverse("person", args=[someone.pk]), f"เปิดบัญชีของ {someone} แล้ว"

    return once(request, act)


def invitation_link(person: Person) -> str:
    """The address at which a person sets a password; good for three days and once."""
    uid, key = user_pk_to_url_str(person), default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
    return f"{settings.PUBLIC_URL}{path}"


def _mail_invitation(person: Person) -> None:
    if not person.email:
        return
    text = INVITATION.format(
        name=person, agency=person.agency, username=person.username, link=invitation_link(person)
    )
    send_mail("เชิญใช้งานพอร์ทัล ITA", text, None, [person.email])


def _of_agency(request: DeskRequest, person_id: int) -> Person:
    everyone = Person.objects.for_agency(administered(request)).prefetch_related("grants__unit__parent")
    return get_object_or_404(everyone, pk=person_id)


def _form(request: DeskRequest, form: PersonForm, heading: str, button: str, back: str) -> HttpResponse:
    return render(
        request, "desk/form.html", {"form": form, "heading": heading, "button": button, "back": back}
    )

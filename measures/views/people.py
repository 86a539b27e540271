"""People of the agency: who they are, what they may do, their invitation, and closing an account."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
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
from measures.queries.people import left_behind
from measures.views.guard import DeskRequest, desk
from measures.views.once import once
from measures.views.setup import administered


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
                retires_in=data["retires_in"],
                grants=form.grants(),
                path_of=password_path,
                by=request.user,
                at=timezone.now(),
            )
            told = "ระบบส่งลิงก์ตั้งรหัสผ่านทางอีเมลแล้ว" if person.email else "ส่งลิงก์ด้านล่างให้ผู้นี้ตั้งรหัสผ่าน"
            return reverse("person", args=[person.pk]), f"เพิ่ม {person} แล้ว {told}{understood(form)}"

        return once(request, act)
    return _form(request, form, "เชิญบุคคล", "เพิ่มและสร้างลิงก์เชิญ", reverse("people"))


@require_safe
@desk
def person(request: DeskRequest, person_id: int) -> HttpResponse:
    """One person, with the invitation to hand on while they have no password."""
    return _page(request, _of_agency(request, person_id))


@require_POST
@desk
def person_invite(request: DeskRequest, person_id: int) -> HttpResponseBase:
    """Send the invitation again."""
    someone = _of_agency(request, person_id)

    def act() -> tuple[str, str]:
        actions.invite_again(person=someone, path_of=password_path, by=request.user, at=timezone.now())
        return reverse("person", args=[someone.pk]), f"ส่งคำเชิญถึง {someone} อีกครั้งแล้ว ลิงก์ใหม่ใช้ได้ 3 วัน"

    try:
        return once(request, act)
    except Refused as refusal:
        return _page(request, someone, refusal)


@require_POST
@desk
def person_factors(request: DeskRequest, person_id: int) -> HttpResponseBase:
    """Take away the second factors of somebody who lost them."""
    someone = _of_agency(request, person_id)

    def act() -> tuple[str, str]:
        actions.take_factors(person=someone, by=request.user, at=timezone.now())
        return reverse("person", args=[someone.pk]), (
            f"ยกเลิกการยืนยันตัวตนสองชั้นของ {someone} แล้ว ผู้นี้เข้าสู่ระบบด้วยรหัสผ่านแล้วเปิดใช้ใหม่ได้"
        )

    try:
        return once(request, act)
    except Refused as refusal:
        return _page(request, someone, refusal)


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
        return _page(request, someone, refusal)


@require_POST
@desk
def person_reopen(request: DeskRequest, person_id: int) -> HttpResponseBase:
    """Open a closed account again."""
    someone = _of_agency(request, person_id)

    def act() -> tuple[str, str]:
        actions.reopen_person(person=someone, by=request.user, at=timezone.now())
        return reverse("person", args=[someone.pk]), f"เปิดบัญชีของ {someone} แล้ว"

    return once(request, act)


def password_path(person: Person) -> str:
    """The address below ``PUBLIC_URL`` at which a person sets a password; good for three days and once."""
    uid, key = user_pk_to_url_str(person), default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})


def _page(request: DeskRequest, someone: Person, refusal: Refused | None = None) -> HttpResponse:
    may_be_invited = someone.is_active and not someone.has_usable_password()
    context = {
        "person": someone,
        "link": settings.PUBLIC_URL + password_path(someone) if may_be_invited else "",
        "left_behind": left_behind(someone, request.access.today),
        "has_factors": Authenticator.objects.filter(user=someone).exists(),
        "refusal": refusal,
    }
    return render(request, "desk/setup/person.html", context, status=409 if refusal else 200)


def _of_agency(request: DeskRequest, person_id: int) -> Person:
    everyone = Person.objects.for_agency(administered(request)).prefetch_related("grants__unit__parent")
    return get_object_or_404(everyone, pk=person_id)


def _form(request: DeskRequest, form: PersonForm, heading: str, button: str, back: str) -> HttpResponse:
    return render(
        request, "desk/form.html", {"form": form, "heading": heading, "button": button, "back": back}
    )

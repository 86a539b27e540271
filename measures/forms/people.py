"""Forms of people: who they are, what they may do, and their invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from measures.choices import Role
from measures.forms.fields import (
    EmailField,
    FiscalYearField,
    NameField,
    ThaiCharField,
    ThaiDateField,
)
from measures.forms.measures import UnitChoice
from measures.models import Agency, Person, RoleGrant, Unit

TAKEN = "มีผู้ใช้ชื่อนี้แล้ว กรุณาใช้ชื่ออื่น"


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A person's name and what they may do."""

    full_name = ThaiCharField(label="คำนำหน้า ชื่อ และนามสกุล", max_length=200)
    email = EmailField(label="อีเมล", required=False, help_text="ใช้รับลิงก์ตั้งรหัสผ่านและการแจ้งเตือน")
    retires_in = FiscalYearField(
        label="เกษียณอายุราชการสิ้นปีงบประมาณ พ.ศ.", required=False,
        help_text="ระบบจะเตือนก่อนวันที่ 30 กันยายนของปีนั้น หากยังมีเรื่องรอลงนาม เว้นว่างได้",
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label="บทบาท", choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="ผู้บริหารที่ลงนามไม่ต้องเลือกบทบาท ให้กำหนดในหน้าตำแหน่ง",
        error_messages={"invalid_choice": "เลือกบทบาทจากรายการ"},
    )  # fmt: skip
    units = UnitChoice(label="รายงานในนามส่วนราชการ")
    until = ThaiDateField(
        label="ตรวจสอบได้ถึงวันที่", required=False, help_text="เฉพาะผู้ตรวจสอบ เช่น 30 กันยายน 2570"
    )

    class Meta:
        model = Person
        fields = ("full_name", "email", "retires_in")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["units"]
        assert isinstance(units, UnitChoice)
        units.queryset = Unit.objects.for_agency(agency)
        self.has_units = units.queryset.exists()
        if self.instance.pk:
            grants = list(self.instance.grants.all())
            self.initial.update(
                {
                    "roles": sorted({grant.role for grant in grants}),
                    "units": [grant.unit_id for grant in grants if grant.unit_id],
                    "until": next((grant.until for grant in grants if grant.until), None),
                }
            )

    def clean_email(self) -> str:
        """Refuse an address that somebody else signs in with."""
        email = str(self.cleaned_data["email"]).lower()
        if email and Person.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("มีผู้ใช้อีเมลนี้แล้ว กรุณาใช้อีเมลอื่น")
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        roles = data.get("roles", [])
        if Role.CONTRIBUTOR in roles and not self.has_units:
            self.add_error("roles", "ยังไม่มีส่วนราชการให้รายงาน กรุณาเพิ่มส่วนราชการก่อน แล้วจึงเลือกบทบาทนี้")
        elif Role.CONTRIBUTOR in roles and not data.get("units") and "units" not in self.errors:
            self.add_error("units", "กรุณาเลือกส่วนราชการที่ผู้นี้รายงานแทนอย่างน้อย 1 แห่ง")
        if Role.AUDITOR in roles and not data.get("until") and "until" not in self.errors:
            self.add_error("until", "กรุณาระบุวันสิ้นสุดสิทธิของผู้ตรวจสอบ")
        return data

    def grants(self) -> list[RoleGrant]:
        """The roles as entered, not saved; a contributor has one for each unit."""
        data = self.cleaned_data
        grants = [
            RoleGrant(role=role) for role in data["roles"] if role not in (Role.CONTRIBUTOR, Role.AUDITOR)
        ]
        if Role.CONTRIBUTOR in data["roles"]:
            grants += [RoleGrant(role=Role.CONTRIBUTOR, unit=unit) for unit in data["units"]]
        if Role.AUDITOR in data["roles"]:
            grants.append(RoleGrant(role=Role.AUDITOR, until=data["until"]))
        return grants


class InvitationForm(PersonForm):
    """A new person."""

    username = NameField(
        label="ชื่อผู้ใช้", signs=".-_", max_length=150, help_text="ตัวอักษรอังกฤษ ตัวเลข และ . - _ ใช้เข้าสู่ระบบ"
    )
    field_order = ("full_name", "username", "email", "retires_in", "roles", "units", "until")

    class Meta(PersonForm.Meta):
        fields = ("full_name", "username", "email", "retires_in")  # type: ignore[assignment]

    def clean_username(self) -> str:
        """Refuse a name that somebody has, in capitals or not."""
        username: str = self.cleaned_data["username"]
        if Person.objects.filter(username__iexact=username).exists():
            raise ValidationError(TAKEN)
        return username

"""Forms of the portal's administrator: a new agency, and the assessment's items."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from measures.choices import RESERVED_SLUGS, ItemKind
from measures.forms.fields import (
    FiscalYearField,
    NameField,
    ThaiCharField,
    ThaiTextField,
)
from measures.forms.setup import AgencyForm
from measures.models import Agency, AssessmentItem, Person


class FoundAgencyForm(AgencyForm):
    """The first page of a new town: what the portal cannot do without."""

    slug = NameField(
        label="ชื่อในที่อยู่เว็บ",
        signs="-",
        max_length=50,
        help_text="ตัวอักษรอังกฤษพิมพ์เล็ก ตัวเลข และขีดกลาง เช่น tuayang ใช้ในที่อยู่หน้าเผยแพร่และเปลี่ยนภายหลังไม่ได้",
    )
    administers = forms.BooleanField(label="ข้าพเจ้าเป็นผู้ดูแลระบบของหน่วยงานนี้", required=False, initial=True)

    class Meta:
        model = Agency
        fields = ("name", "slug", "province", "document_code", "executive_title")

    field_order = ("name", "slug", "province", "document_code", "executive_title", "administers")

    def clean_slug(self) -> str:
        """Refuse the first parts of the portal's own addresses."""
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise ValidationError("ระบบใช้ชื่อนี้แล้ว กรุณาใช้ชื่ออื่น เช่น ชื่อตำบลเป็นภาษาอังกฤษ")
        return slug

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(self.field_order):
            del self.fields[name]
        if person.agency_id is not None:
            del self.fields["administers"]


class AssessmentItemForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """An item of the assessment's list."""

    fiscal_year = FiscalYearField(label="การประเมินปีงบประมาณ พ.ศ.")
    code = ThaiCharField(label="รหัสข้อ", max_length=20, help_text="เช่น O25")
    kind = forms.ChoiceField(label="สิ่งที่ข้อนี้ถาม", choices=ItemKind.choices)
    title = ThaiCharField(label="ชื่อข้อ", max_length=500)
    required_elements = ThaiTextField(
        label="องค์ประกอบที่ต้องมี", required=False, help_text="บรรทัดละข้อ", max_length=5000
    )

    class Meta:
        model = AssessmentItem
        fields = ("fiscal_year", "code", "kind", "title", "required_elements")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        same = AssessmentItem.objects.filter(
            scheme=self.instance.scheme, fiscal_year=data["fiscal_year"], code=data["code"]
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("code", "มีข้อนี้ในปีเดียวกันแล้ว")
        return data

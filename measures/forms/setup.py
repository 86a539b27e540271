"""Forms of the agency's set-up: its particulars, its emblem, its units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from measures.choices import Role, TopMargin
from measures.forms.fields import (
    EmailField,
    ThaiCharField,
    WebAddressField,
)
from measures.models import Agency, Unit
from measures.permissions import SIGNATORY
from measures.thai import search_key, sort_key


class AgencyForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The agency's particulars; the slug is chosen once."""

    name = ThaiCharField(label="ชื่อหน่วยงาน", max_length=200, help_text="เช่น เทศบาลตำบลตัวอย่าง")
    name_en = ThaiCharField(label="ชื่อภาษาอังกฤษ", max_length=200, required=False)
    province = ThaiCharField(label="จังหวัด", max_length=100, required=False)
    document_code = ThaiCharField(
        label="รหัสหนังสือ", max_length=50, required=False, help_text="ตัวพยัญชนะและเลขประจำหน่วยงาน เช่น ตย ๑๒๓๔๕"
    )
    executive_title = ThaiCharField(
        label="ตำแหน่งหัวหน้าหน่วยงาน", max_length=200, required=False, help_text="เช่น นายกเทศมนตรีตำบลตัวอย่าง"
    )
    address = ThaiCharField(label="ที่อยู่", max_length=500, required=False)
    phone = ThaiCharField(label="โทรศัพท์", max_length=100, required=False)
    email = EmailField(label="อีเมลของหน่วยงาน", required=False)
    website = WebAddressField(label="เว็บไซต์", required=False)
    complaint_channel = ThaiCharField(label="ช่องทางร้องเรียนการทุจริต", max_length=500, required=False)
    complaint_url = WebAddressField(label="ที่อยู่เว็บรับเรื่องร้องเรียน", required=False)
    thai_digits = forms.BooleanField(label="ใช้เลขไทยในเอกสาร", required=False)
    top_mm = forms.TypedChoiceField(
        label="ขอบบนหน้าแรกของบันทึกข้อความ", choices=TopMargin.choices, coerce=int, required=False, empty_value=None,
        help_text="ตามแบบที่หน่วยงานใช้ เอกสารที่เสนอลงนามแล้วไม่เปลี่ยนตาม",
        error_messages={"invalid_choice": "เลือกขอบบนจากรายการ"},
    )  # fmt: skip

    class Meta:
        model = Agency
        fields = (
            "name", "name_en", "province", "document_code", "executive_title", "address", "phone", "email",
            "website", "complaint_channel", "complaint_url", "thai_digits", "top_mm",
        )  # fmt: skip

    def clean_top_mm(self) -> int:
        """Where nothing was chosen, the margin stays as it is."""
        chosen: int | None = self.cleaned_data["top_mm"]
        return self.instance.top_mm if chosen is None else chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        place = [search_key(data.get("name", "")), search_key(data.get("province", ""))]
        others = Agency.objects.exclude(pk=self.instance.pk).values_list("name", "province")
        if place in [[search_key(part) for part in other] for other in others]:
            self.add_error("name", "มีหน่วยงานชื่อนี้ในจังหวัดเดียวกันในพอร์ทัลแล้ว")
        return data


class EmblemForm(forms.Form):
    """A picture of the agency's emblem."""

    picture = forms.FileField(
        label="ไฟล์ภาพตรา",
        help_text="ภาพนิ่ง PNG, JPEG หรือ WebP ไม่เกิน 2 MB และ 4,000 × 4,000 พิกเซล ส่วนที่โปร่งใสจะพิมพ์เป็นสีขาว",
        error_messages={"required": "ยังไม่ได้เลือกไฟล์ภาพ", "empty": "ไฟล์ที่เลือกว่างเปล่า กรุณาเลือกไฟล์ใหม่"},
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )


class SecondFactorForm(forms.Form):
    """For which roles a password alone is not enough."""

    roles = forms.MultipleChoiceField(
        label="บทบาทที่ต้องยืนยันตัวตนสองชั้น",
        choices=[*Role.choices, (SIGNATORY, "ผู้ลงนาม (ผู้ดำรงตำแหน่งและผู้ปฏิบัติหน้าที่แทน)")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="แนะนำให้เลือกผู้ดูแลระบบ นิติกร และผู้ลงนาม ผู้ที่ยังไม่มีจะต้องเปิดใช้ก่อนจึงจะทำงานต่อได้ "
        "โดยใช้แอปยืนยันตัวตนในโทรศัพท์หรือพาสคีย์",
        error_messages={"invalid_choice": "เลือกบทบาทจากรายการ"},
    )


class UnitForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A unit and the one above it."""

    name = ThaiCharField(label="ชื่อส่วนราชการ", max_length=200, help_text="เช่น กองคลัง หรือ งานการเงินและบัญชี")
    parent = forms.ModelChoiceField(
        label="อยู่ในสังกัด", queryset=Unit.objects.none(), required=False, empty_label="ขึ้นตรงต่อหน่วยงาน",
        error_messages={"invalid_choice": "เลือกส่วนราชการต้นสังกัดจากรายการ"},
    )  # fmt: skip

    class Meta:
        model = Unit
        fields = ("name", "parent")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agency = agency
        parents = self.fields["parent"]
        assert isinstance(parents, forms.ModelChoiceField)
        parents.queryset = Unit.objects.for_agency(agency).exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        same = Unit.objects.filter(agency=self.instance.agency, parent=data.get("parent")).exclude(
            pk=self.instance.pk
        )
        if search_key(data.get("name", "")) in {search_key(unit.name) for unit in same}:
            self.add_error("name", "มีส่วนราชการชื่อนี้ในสังกัดเดียวกันแล้ว")
        return data


def in_thai_order(units: Iterable[Unit]) -> list[Unit]:
    """Units as a Thai dictionary orders them, each division before its sections."""
    return sorted(units, key=lambda u: (sort_key(u.parent.name if u.parent else u.name), u.parent_id is not None,
                                        sort_key(u.name)))  # fmt: skip

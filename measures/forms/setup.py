"""Forms of the agency's set-up: its particulars, units, people, positions, chain, and the assessment's items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import formset_factory
from django.utils.datastructures import MultiValueDict

from measures.choices import RESERVED_SLUGS, Acting, ItemKind, Role, TopMargin
from measures.forms.fields import (
    EmailField,
    FiscalYearField,
    NameField,
    ThaiCharField,
    ThaiDateField,
    ThaiFormSet,
    ThaiTextField,
    WebAddressField,
)
from measures.forms.measures import UnitChoice
from measures.models import Agency, Appointment, AssessmentItem, Person, Position, RoleGrant, Unit
from measures.thai import search_key, sort_key

TAKEN = "มีผู้ใช้ชื่อนี้แล้ว กรุณาใช้ชื่ออื่น"


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


class EmblemForm(forms.Form):
    """A picture of the agency's emblem."""

    picture = forms.FileField(
        label="ไฟล์ภาพตรา",
        help_text="ภาพนิ่ง PNG, JPEG หรือ WebP ไม่เกิน 2 MB และ 4,000 × 4,000 พิกเซล ส่วนที่โปร่งใสจะพิมพ์เป็นสีขาว",
        error_messages={"required": "ยังไม่ได้เลือกไฟล์ภาพ", "empty": "ไฟล์ที่เลือกว่างเปล่า กรุณาเลือกไฟล์ใหม่"},
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
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


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A person's name and what they may do."""

    full_name = ThaiCharField(label="คำนำหน้า ชื่อ และนามสกุล", max_length=200)
    email = EmailField(label="อีเมล", required=False, help_text="ใช้รับลิงก์ตั้งรหัสผ่านและการแจ้งเตือน")
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
        fields = ("full_name", "email")

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
    field_order = ("full_name", "username", "email", "roles", "units", "until")

    class Meta(PersonForm.Meta):
        fields = ("full_name", "username", "email")  # type: ignore[assignment]

    def clean_username(self) -> str:
        """Refuse a name that somebody has, in capitals or not."""
        username: str = self.cleaned_data["username"]
        if Person.objects.filter(username__iexact=username).exists():
            raise ValidationError(TAKEN)
        return username


class PositionForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A position's title."""

    title = ThaiCharField(label="ชื่อตำแหน่ง", max_length=200, help_text="เช่น ปลัดเทศบาล")

    class Meta:
        model = Position
        fields = ("title",)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agency = agency

    def clean_title(self) -> str:
        """Refuse a title that another position of the agency has."""
        title: str = self.cleaned_data["title"]
        others = Position.objects.filter(agency=self.instance.agency).exclude(pk=self.instance.pk)
        if search_key(title) in {search_key(other.title) for other in others}:
            raise ValidationError("มีตำแหน่งนี้แล้ว")
        return title


class AppointmentForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Who holds a position or acts for it, from when and by which order."""

    person = forms.ModelChoiceField(
        label="ชื่อ", queryset=Person.objects.none(), empty_label="เลือกบุคคล",
        error_messages={"required": "ยังไม่ได้เลือกบุคคล", "invalid_choice": "เลือกบุคคลจากรายการ"},
    )  # fmt: skip
    kind = forms.ChoiceField(label="ลักษณะ", choices=Acting.choices, initial=Acting.HOLDER)
    own_title = ThaiCharField(
        label="ตำแหน่งของผู้รักษาราชการแทน", max_length=200, required=False, help_text="พิมพ์ในบรรทัดแรกใต้ชื่อ"
    )
    order_issuer = ThaiCharField(label="ผู้ออกคำสั่ง", max_length=200, required=False)
    order_number = ThaiCharField(label="คำสั่งที่", max_length=100, required=False, help_text="เช่น 412/2569")
    order_date = ThaiDateField(label="คำสั่งลงวันที่", required=False, help_text="เช่น 27 พฤศจิกายน 2569")
    starts = ThaiDateField(
        label="ตั้งแต่วันที่", help_text="เช่น 1 ธันวาคม 2569", error_messages={"required": "ยังไม่ได้กรอกวันเริ่มต้น"}
    )
    ends = ThaiDateField(label="ถึงวันที่", required=False, help_text="ผู้ดำรงตำแหน่งเว้นว่างได้")

    class Meta:
        model = Appointment
        fields = (
            "person",
            "kind",
            "own_title",
            "order_issuer",
            "order_number",
            "order_date",
            "starts",
            "ends",
        )

    def __init__(self, *args: Any, position: Position, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.position = position
        people = self.fields["person"]
        assert isinstance(people, forms.ModelChoiceField)
        people.queryset = Person.objects.for_agency(position.agency).filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") != Acting.HOLDER:
            for name, sentence in (
                ("own_title", "กรุณาระบุตำแหน่งของผู้รักษาราชการแทน"),
                ("order_number", "การรักษาราชการแทนต้องมีคำสั่ง กรุณาระบุเลขที่คำสั่ง"),
                ("order_date", "กรุณาระบุวันที่ของคำสั่ง"),
                ("ends", "กรุณาระบุวันสิ้นสุดของคำสั่ง"),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "วันสิ้นสุดอยู่ก่อนวันเริ่มต้น กรุณาแก้ไขวันที่")
        return data


class ChainLinkForm(forms.Form):
    """A row of the chain; a row without a position is left out."""

    order = forms.IntegerField(
        label="ลำดับ", min_value=0, max_value=99, required=False,
        error_messages={
            "invalid": "กรอกลำดับเป็นตัวเลข", "min_value": "ลำดับเริ่มที่ 0", "max_value": "ลำดับสูงสุด 99",
        },
    )  # fmt: skip
    position = forms.ModelChoiceField(
        label="ตำแหน่ง", queryset=Position.objects.none(), required=False, empty_label="ไม่ใช้แถวนี้",
        error_messages={"invalid_choice": "เลือกตำแหน่งจากรายการ"},
    )  # fmt: skip
    addressed_to = ThaiCharField(label="เสนอถึง (เรียน)", max_length=200, required=False)
    words = ThaiCharField(label="ความเห็นที่ใช้ประจำ", max_length=500, required=False)

    def __init__(self, *args: Any, positions: QuerySet[Position], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["position"]
        assert isinstance(choices, forms.ModelChoiceField)
        choices.queryset = positions


class BaseChainFormSet(ThaiFormSet):
    """The chain as a whole."""

    def clean(self) -> None:
        if any(self.errors) or not self.management_form.is_valid():
            return
        chosen = [row["position"] for row in self.rows()]
        if len(chosen) != len(set(chosen)):
            raise ValidationError("มีตำแหน่งซ้ำในลำดับการลงนาม กรุณาเลือกตำแหน่งละครั้งเดียว")
        if len(chosen) < 2:
            raise ValidationError("ต้องมีผู้จัดทำและผู้ลงนามอย่างน้อย 1 ตำแหน่ง")

    def rows(self) -> list[dict[str, Any]]:
        """The rows in use, by the number typed, then as they stand."""
        used = [form.cleaned_data for form in self.forms if form.cleaned_data.get("position")]
        return sorted(used, key=lambda row: 100 if row.get("order") is None else row["order"])


_ChainFormSet = formset_factory(ChainLinkForm, formset=BaseChainFormSet, extra=3, max_num=20, absolute_max=25)


def chain_formset(
    data: MultiValueDict[str, Any] | None, *, initial: list[dict[str, Any]], positions: QuerySet[Position]
) -> BaseChainFormSet:
    """The chain's form: a row a position of ``initial``, and three empty ones."""
    return cast(BaseChainFormSet, _ChainFormSet(data, initial=initial, form_kwargs={"positions": positions}))


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


def in_thai_order(units: Iterable[Unit]) -> list[Unit]:
    """Units as a Thai dictionary orders them, each division before its sections."""
    return sorted(units, key=lambda u: (sort_key(u.parent.name if u.parent else u.name), u.parent_id is not None,
                                        sort_key(u.name)))  # fmt: skip

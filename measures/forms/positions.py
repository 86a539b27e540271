"""Forms of positions: their titles, who holds or acts for them, and the usual chain of signing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import formset_factory
from django.utils.datastructures import MultiValueDict

from measures.actions.agencies import Link
from measures.choices import Acting
from measures.forms.fields import (
    ThaiCharField,
    ThaiDateField,
    ThaiFormSet,
)
from measures.models import Agency, Appointment, Person, Position
from measures.thai import search_key

ORDER_MISSING = {
    "order_issuer": "กรุณาระบุผู้ออกคำสั่ง",
    "order_number": "การรักษาราชการแทนต้องมีคำสั่ง กรุณาระบุเลขที่คำสั่ง",
    "order_date": "กรุณาระบุวันที่ของคำสั่ง",
    "ends": "กรุณาระบุวันสิ้นสุดของคำสั่ง",
}


class Placed(Protocol):
    """A place in a chain: ``ChainLink``, or the ``Signer`` of a report."""

    order: int
    position_id: int
    addressed_to: str
    words: str


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
        label="ตำแหน่งของผู้รักษาราชการแทน", max_length=200, required=False,
        help_text="พิมพ์ในบรรทัดแรกใต้ชื่อ เว้นว่างไว้ ระบบจะใช้ตำแหน่งที่ผู้นั้นดำรงอยู่",
    )  # fmt: skip
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
            self._fill_own_title(data)
            missing = {"own_title": "กรุณาระบุตำแหน่งของผู้รักษาราชการแทน", **ORDER_MISSING}
            for name, sentence in missing.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "วันสิ้นสุดอยู่ก่อนวันเริ่มต้น กรุณาแก้ไขวันที่")
        return data

    def _fill_own_title(self, data: dict[str, Any]) -> None:
        """The position that the person holds on the first day, where nothing was typed; nobody acts for themselves."""
        person, starts = data.get("person"), data.get("starts")
        if person is None or starts is None:
            return
        held = person.appointments.on(starts).filter(kind=Acting.HOLDER).select_related("position")
        own = [appointment.position for appointment in held.order_by("pk")]
        if self.instance.position in own:
            self.add_error("person", f"{person} ดำรงตำแหน่งนี้อยู่แล้ว กรุณาเลือกผู้อื่นเป็นผู้รักษาราชการแทน")
        elif own and not data.get("own_title") and "own_title" not in self.errors:
            data["own_title"] = self.instance.own_title = own[0].title


class OrderForm(AppointmentForm):
    """An order by which somebody acts for a position; who holds it is the administrator's to say."""

    kind = forms.ChoiceField(
        label="ลักษณะ", choices=[choice for choice in Acting.choices if choice[0] != Acting.HOLDER]
    )
    starts = ThaiDateField(
        label="ตั้งแต่วันที่", help_text="เช่น 3 ธันวาคม 2569", error_messages={"required": "ยังไม่ได้กรอกวันเริ่มต้น"}
    )
    ends = ThaiDateField(
        label="ถึงวันที่", help_text="คำสั่งสิ้นสุดเมื่อสิ้นวันนี้", error_messages={"required": "กรุณาระบุวันสิ้นสุดของคำสั่ง"}
    )
    back = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    def __init__(self, *args: Any, position: Position, **kwargs: Any) -> None:
        super().__init__(*args, position=position, **kwargs)
        self.fields["person"].label = "ผู้รักษาราชการแทน"
        self.fields["order_issuer"].initial = position.agency.name
        for name, sentence in ORDER_MISSING.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence


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

    def links(self) -> list[Link]:
        """The places of the chain in order."""
        return [Link(row["position"], row["addressed_to"], row["words"]) for row in self.rows()]


_ChainFormSet = formset_factory(ChainLinkForm, formset=BaseChainFormSet, extra=3, max_num=20, absolute_max=25)


def initial_rows(links: Iterable[Placed]) -> list[dict[str, Any]]:
    """What the form shows of a chain: the agency's, or one report's."""
    return [
        {
            "order": link.order,
            "position": link.position_id,
            "addressed_to": link.addressed_to,
            "words": link.words,
        }
        for link in links
    ]


def chain_formset(
    data: MultiValueDict[str, Any] | None, *, initial: list[dict[str, Any]], positions: QuerySet[Position]
) -> BaseChainFormSet:
    """The chain's form: a row a position of ``initial``, and three empty ones."""
    return cast(BaseChainFormSet, _ChainFormSet(data, initial=initial, form_kwargs={"positions": positions}))

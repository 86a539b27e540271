"""Forms of the year: starting it, its main measures, and when its results are due."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError

from measures.forms.fields import FiscalYearField, ThaiCharField, ThaiDateField
from measures.models import Agency, MeasureGroup, Period, Plan

NUMBER_HELP: Final = "เว้นว่างไว้ ระบบจะใส่เลขตามลำดับ"


def fields_only(layout: Layout | None = None) -> FormHelper:
    """The form's fields only: the template writes the tag, the key and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = layout
    return helper


class PlanChoice(forms.ModelChoiceField[Plan]):
    """A year to start from."""

    def label_from_instance(self, obj: Plan) -> str:
        return f"มาตรการของปี {obj.fiscal_year}"


class StartForm(forms.Form):
    """Which year starts, and from what."""

    fiscal_year = FiscalYearField(label="ปีงบประมาณ พ.ศ.")
    source = PlanChoice(
        Plan.objects.none(),
        empty_label="หน้าว่าง ไม่คัดลอก",
        label="เริ่มจาก",
        required=False,
        error_messages={"invalid_choice": "ไม่พบปีที่เลือก กรุณาเลือกใหม่"},
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Plan.objects.for_agency(agency)
        self.agency = agency
        self.helper = fields_only(
            Layout(
                Div(
                    Div("fiscal_year", css_class="col-sm-4"),
                    Div("source", css_class="col-sm-8"),
                    css_class="row",
                )
            )
        )

    def clean_fiscal_year(self) -> int:
        """Refuse a year that has its plan."""
        year: int = self.cleaned_data["fiscal_year"]
        if Plan.objects.for_agency(self.agency).filter(fiscal_year=year).exists():
            raise ValidationError(f"มีมาตรการของปีงบประมาณ พ.ศ. {year} อยู่แล้ว กรุณาเลือกปีอื่น")
        return year


class GroupForm(forms.Form):
    """A main measure. The hidden fields say what the editor saw, so that nothing newer is overwritten."""

    number = ThaiCharField(label="เลขที่พิมพ์", max_length=20, required=False, help_text=NUMBER_HELP)
    title = ThaiCharField(
        label="ชื่อมาตรการหลัก",
        max_length=500,
        required=False,
        help_text="เว้นว่างได้ หากรายงานไม่พิมพ์หัวข้อนี้",
    )
    seen_number = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_title = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fields_only(
            Layout(
                Div(Div("number", css_class="col-sm-3"), Div("title", css_class="col-sm-9"), css_class="row"),
                "seen_number",
                "seen_title",
            )
        )

    @classmethod
    def of(cls, group: MeasureGroup) -> GroupForm:
        """The form as it opens."""
        return cls(
            initial={
                "number": group.number,
                "title": group.title,
                "seen_number": group.number,
                "seen_title": group.title,
            }
        )

    changed = False

    def after_change(self, group: MeasureGroup) -> GroupForm:
        """The same words in a form that has now seen what is stored, so that saving again is a choice."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        again = GroupForm(typed | {"seen_number": group.number, "seen_title": group.title})
        again.changed = True
        return again

    @property
    def seen(self) -> tuple[str, str]:
        return self.cleaned_data["seen_number"], self.cleaned_data["seen_title"]


class PeriodsForm(forms.Form):
    """The first and the last day for reporting of each period."""

    def __init__(self, *args: Any, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = periods
        for period in periods:
            for name, label in (("opens", "เปิดรับรายงาน"), ("closes", "กำหนดส่ง")):
                self.fields[f"{name}_{period.number}"] = ThaiDateField(
                    label=label,
                    initial=getattr(period, name),
                    error_messages={"required": f"ยังไม่ได้กรอกวัน{label}"},
                )

    def clean(self) -> None:
        """Refuse a period that closes before it opens."""
        for number, (opens, closes) in self.days.items():
            if opens and closes and closes < opens:
                self.add_error(f"closes_{number}", "กำหนดส่งต้องไม่อยู่ก่อนวันเปิดรับรายงาน")

    @property
    def days(self) -> dict[int, tuple[date, date]]:
        """Opening and closing day by the period's number."""
        data = self.cleaned_data
        return {
            p.number: (data.get(f"opens_{p.number}"), data.get(f"closes_{p.number}"))  # type: ignore[misc]
            for p in self.periods
        }

    def rows(self) -> list[tuple[Period, forms.BoundField, forms.BoundField]]:
        """Each period with its two fields, for the template."""
        return [(p, self[f"opens_{p.number}"], self[f"closes_{p.number}"]) for p in self.periods]

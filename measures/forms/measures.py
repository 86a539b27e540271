"""The form of one measure: its text, its steps as lines, and the units responsible for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError

from measures.actions.plans import LARGEST_BUDGET, MeasureInput
from measures.choices import Responsibility
from measures.forms.fields import ThaiCharField, ThaiDateField, ThaiDecimalField, ThaiTextField
from measures.forms.plans import NUMBER_HELP, fields_only
from measures.models import Agency, Measure, MeasureGroup, Plan, Unit
from measures.steps import LONGEST_TEXT, StepLine, parse_steps, step_lines
from measures.thai import ThaiValueError, small_number, sort_key

_MOST_NEW_UNITS: Final = 20
_LONGEST_UNIT: Final = 200
_DIGITS_OF_A_KEY: Final = 19
_AIMS: Final = ("indicator", "target", "budget")


class GroupChoice(forms.ModelChoiceField[MeasureGroup]):
    """A main measure of the plan, with the number that was typed for it."""

    def label_from_instance(self, obj: MeasureGroup) -> str:
        return " ".join(filter(None, [obj.number, obj.title])) or "(ไม่มีหัวข้อ)"


class UnitChoice(forms.ModelMultipleChoiceField[Unit]):
    """Units of the agency by their printed name, in dictionary order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Unit.objects.none(),
            required=False,
            error_messages={
                "invalid_choice": "ไม่พบส่วนราชการที่เลือก อาจมีผู้ลบไปแล้ว กรุณาเลือกใหม่",
                "invalid_pk_value": "ไม่พบส่วนราชการที่เลือก กรุณาเลือกใหม่",
            },
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """Refuse what no database has as a key before one is asked."""
        for key in value or ():
            if not (str(key).isdecimal() and len(str(key)) < _DIGITS_OF_A_KEY):
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)

    def offer(self, units: Iterable[Unit], agency: Agency) -> None:
        """Take choices of ``agency`` only, shown as ``units`` come."""
        self.queryset = Unit.objects.for_agency(agency)
        self.choices = [(unit.pk, unit.full_name) for unit in units]


class MeasureForm(forms.Form):
    """One measure with its steps as lines and its units as boxes: a dozen fields, however large the plan."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    group = GroupChoice(
        MeasureGroup.objects.none(),
        label="มาตรการหลัก",
        empty_label=None,
        error_messages={"invalid_choice": "ไม่พบมาตรการหลักที่เลือก อาจมีผู้ลบไปแล้ว กรุณาเลือกใหม่"},
    )
    number = ThaiCharField(label="เลขที่พิมพ์", max_length=20, required=False, help_text=NUMBER_HELP)
    title = ThaiCharField(label="ชื่อมาตรการ", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    steps = ThaiTextField(
        label="ขั้นตอน/วิธีการปฏิบัติ",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="บรรทัดละหนึ่งขั้นตอน ไม่ต้องพิมพ์เลขลำดับ หากต้องการเลขอื่น ให้พิมพ์เลขและจุดหน้าข้อความ เช่น ๔. แจ้งเวียน",
    )
    lead = UnitChoice(label="หน่วยงานหลัก")
    supporting = UnitChoice(label="หน่วยงานสนับสนุน")
    new_units = ThaiTextField(
        label="เพิ่มส่วนราชการที่ไม่มีในรายการ",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="บรรทัดละหนึ่งชื่อ เช่น งานนิติการ กองยุทธศาสตร์และงบประมาณ",
    )
    units_printed = ThaiCharField(
        label="ผู้รับผิดชอบตามที่พิมพ์ในรายงาน",
        max_length=500,
        required=False,
        help_text="เว้นว่างไว้ ระบบจะพิมพ์ชื่อหน่วยงานที่เลือกข้างต้น",
    )
    due_text = ThaiCharField(
        label="กำหนดแล้วเสร็จตามที่พิมพ์ในรายงาน",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="เช่น ภายในเดือนกันยายน ๒๕๗๐ หรือ ทุกเดือน",
    )
    due = ThaiDateField(
        label="วันครบกำหนด",
        required=False,
        help_text="ใช้เตือนเมื่อใกล้ครบกำหนด เช่น 30 กันยายน 2570 เว้นว่างได้หากไม่มีวันสิ้นสุด",
    )

    indicator = ThaiTextField(
        label="ตัวชี้วัดความสำเร็จ",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="เช่น ร้อยละของโครงการจัดซื้อจัดจ้างที่เผยแพร่ครบถ้วน",
    )
    target = ThaiCharField(label="เป้าหมาย", max_length=500, required=False, help_text="เช่น ร้อยละ ๑๐๐")
    budget = ThaiDecimalField(
        label="งบประมาณ (บาท)",
        required=False,
        maximum=LARGEST_BUDGET,
        help_text="เช่น 20,000 หากไม่ใช้งบประมาณให้กรอก 0 เว้นว่างได้หากไม่ได้ระบุไว้",
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.fields["group"]
        assert isinstance(group, forms.ModelChoiceField)
        group.queryset = plan.groups.all()
        units = sorted(Unit.objects.for_agency(plan.agency), key=lambda unit: sort_key(unit.full_name))
        for name in ("lead", "supporting"):
            field = self.fields[name]
            assert isinstance(field, UnitChoice)
            field.offer(units, plan.agency)
        self.helper = fields_only(
            _measure_layout(
                supporting=bool(self["supporting"].value()),
                new_units=bool(self["new_units"].value()),
                aims=any(self[name].value() not in (None, "") for name in _AIMS),
            )
        )

    @classmethod
    def of(cls, measure: Measure, **kwargs: Any) -> MeasureForm:
        """The form as it opens on a stored measure."""
        return cls(plan=measure.plan, initial=stored_values(measure), **kwargs)

    def clean_steps(self) -> list[StepLine]:
        """Return the steps, one a line."""
        try:
            return parse_steps(self.cleaned_data["steps"])
        except ThaiValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def clean_new_units(self) -> list[str]:
        """Return the names, one a line."""
        names = [
            " ".join(line.split()) for line in self.cleaned_data["new_units"].split("\n") if line.strip()
        ]
        if len(names) > _MOST_NEW_UNITS:
            raise ValidationError(f"เพิ่มได้ครั้งละไม่เกิน {_MOST_NEW_UNITS} ชื่อ")
        for name in names:
            if len(name) > _LONGEST_UNIT:
                raise ValidationError(f'ชื่อ "{name[:40]}…" ยาวเกิน {_LONGEST_UNIT} ตัวอักษร กรุณาย่อชื่อ')
        return names

    def clean(self) -> None:
        """Refuse a unit that is to lead and to support at once."""
        twice = set(self.cleaned_data.get("lead") or ()) & set(self.cleaned_data.get("supporting") or ())
        if twice:
            names = ", ".join(sorted(unit.full_name for unit in twice))
            self.add_error("supporting", f"{names} เลือกเป็นหน่วยงานหลักแล้ว กรุณาเลือกเพียงอย่างเดียว")

    @property
    def seen_version(self) -> int:
        """The version the form was opened on; 0, which none is, for what is no number."""
        return small_number(self.cleaned_data["version"])

    @property
    def given(self) -> MeasureInput:
        """What was typed, for the action."""
        data = self.cleaned_data
        names = ("title", "number", "steps", "new_units", "units_printed", "due_text", "due", *_AIMS)
        return MeasureInput(
            lead=list(data["lead"]),
            supporting=list(data["supporting"]),
            **{name: data[name] for name in names},
        )


def stored_values(measure: Measure) -> dict[str, Any]:
    """The measure as the form shows it, by field."""
    ownerships = list(measure.ownerships.all())
    return {
        "version": measure.version,
        "group": measure.group_id,
        "number": measure.number,
        "title": measure.title,
        "steps": step_lines(StepLine(step.number, step.text) for step in measure.steps.all()),
        "lead": [o.unit_id for o in ownerships if o.kind == Responsibility.LEAD],
        "supporting": [o.unit_id for o in ownerships if o.kind == Responsibility.SUPPORTING],
        "units_printed": measure.units_printed,
        "due_text": measure.due_text,
        "due": measure.due,
        **{name: getattr(measure, name) for name in _AIMS},
    }


def _measure_layout(*, supporting: bool, new_units: bool, aims: bool) -> Layout:
    """The form's order; what is folded away opens where it holds something."""
    return Layout(
        "version",
        Div(Div("group", css_class="col-sm-9"), Div("number", css_class="col-sm-3"), css_class="row"),
        "title",
        "steps",
        Div(Field("lead"), css_class="units"),
        HTML(f'<details class="units mb-3"{" open" if supporting else ""}><summary>หน่วยงานสนับสนุน</summary>'),
        Field("supporting"),
        HTML("</details>"),
        HTML(
            f'<details class="mb-3"{" open" if new_units else ""}><summary>เพิ่มส่วนราชการที่ไม่มีในรายการ</summary>'
        ),
        "new_units",
        HTML("</details>"),
        "units_printed",
        Div(Div("due_text", css_class="col-lg-8"), Div("due", css_class="col-lg-4"), css_class="row"),
        HTML(f'<details class="mb-3"{" open" if aims else ""}><summary>ตัวชี้วัด เป้าหมาย และงบประมาณ</summary>'),
        "indicator",
        Div(Div("target", css_class="col-lg-8"), Div("budget", css_class="col-lg-4"), css_class="row"),
        HTML("</details>"),
    )

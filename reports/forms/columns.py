"""You come here for the part of a report's form in which the officer chooses the columns of its table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from measures.forms.fields import ThaiCharField, ThaiFormSet
from measures.thai import arabic_digits, small_number
from reports.columns import LABELS, LAYOUTS, MOST, PERIOD, heading, label, layout
from reports.compose.prefill import periods_of
from reports.content import Column
from reports.models import Report

_BLANK_ROWS = 3
_ROWS = 4 * MOST  # a browser counts rows that were taken away as well


class ColumnForm(forms.Form):
    """One column: what stands in it, its heading, and its place among the others."""

    source = forms.ChoiceField(
        label="สิ่งที่แสดง", required=False, error_messages={"invalid_choice": "ไม่มีคอลัมน์นี้ กรุณาเลือกจากรายการ"}
    )
    heading = ThaiCharField(label="หัวคอลัมน์", max_length=100, required=False)
    place = forms.IntegerField(
        label="ลำดับ",
        required=False,
        min_value=1,
        max_value=99,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], "กรุณากรอกลำดับเป็นตัวเลข 1 ถึง 99"),
    )

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], usual: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = dict(choices)
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)
        source.choices = choices
        source.widget.attrs["class"] = "form-select"
        self.fields["heading"].widget.attrs["class"] = "form-control"
        self.fields["heading"].widget.attrs["placeholder"] = usual.get(str(self["source"].value()), "")
        self.fields["place"].widget.attrs["class"] = "form-control"
        for name, field in self.fields.items():
            if self.is_bound and name in self.errors:
                field.widget.attrs["class"] += " is-invalid"

    def clean(self) -> dict[str, Any]:
        """A heading in a new row asks for what stands below it; an old row without a source is taken away."""
        clean = self.cleaned_data
        if clean.get("heading") and not clean.get("source") and "source" not in self.errors and self.is_new:
            self.add_error("source", "กรุณาเลือกสิ่งที่จะแสดงใต้หัวคอลัมน์นี้ หรือลบหัวคอลัมน์")
        return clean

    @property
    def is_new(self) -> bool:
        """Whether the row was an empty one when the page was shown."""
        return self.empty_permitted


class ColumnFormSet(ThaiFormSet):
    """The rows together: something in each, nothing twice, and not more than fit on a page."""

    def in_order(self) -> list[ColumnForm]:
        """The rows in the order of their typed numbers; one without a number keeps its place."""
        return [form for _, form in sorted(enumerate(self.forms, 1), key=_place)]

    def clean(self) -> None:
        if any(self.errors) or not self.management_form.is_valid():
            return
        first: dict[str, int] = {}
        for row, form in enumerate(self.in_order(), 1):
            source = form.cleaned_data.get("source", "")
            if source in first:
                name = form.names[source]
                form.add_error("source", f"เลือก{name}ไว้แล้วในแถวที่ {first[source]} กรุณาเลือกสิ่งอื่น")
                form.fields["source"].widget.attrs["class"] += " is-invalid"
            elif source:
                first[source] = row
        if not first:
            raise ValidationError("กรุณาเลือกอย่างน้อย 1 คอลัมน์")
        if len(first) > MOST:
            raise ValidationError(f"ตารางมีได้ไม่เกิน {MOST} คอลัมน์ กรุณาลดลง {len(first) - MOST} คอลัมน์")


def _place(row: tuple[int, ColumnForm]) -> int:
    number, form = row
    return small_number(arabic_digits(str(form["place"].value() or ""))) or number


class ColumnChooser:
    """The columns of ``report``'s table as rows of a form, as stored or as typed in ``data``."""

    layouts = [(name, title) for name, (title, _) in LAYOUTS.items()]

    def __init__(self, report: Report, data: Any = None) -> None:
        self.thai = report.plan.agency.thai_digits
        self._periods = {period.number: period.name for period in periods_of(report)}
        self._stored = report.table_columns
        self.rows = self._formset(self._stored, data)

    def use(self, name: str) -> None:
        """Show a ready-made choice in place of what was typed."""
        self.rows = self._formset(layout(name, self._periods, thai=self.thai), None)

    def is_valid(self) -> bool:
        """Whether the rows make a table."""
        return self.rows.is_valid()

    def chosen(self) -> tuple[Column, ...]:
        """What valid rows say, in the order of their numbers; a row without a number keeps its place."""
        rows = [form.cleaned_data for form in self.rows.in_order()]
        return tuple(
            Column(clean["source"], clean["heading"] or self._heading(clean["source"]))
            for clean in rows
            if clean.get("source")
        )

    def _formset(self, columns: tuple[Column, ...], data: Any) -> ColumnFormSet:
        kind = forms.formset_factory(
            ColumnForm,
            formset=ColumnFormSet,
            extra=min(_BLANK_ROWS, max(0, MOST - len(columns))),
            max_num=_ROWS,
            absolute_max=_ROWS,
        )
        usual = {source: self._heading(source) for source, _ in self._choices()}
        kwargs = {"choices": [("", "ไม่ใช้"), *self._choices()], "usual": usual}
        initial = [
            {
                "source": column.source,
                # The usual heading is not typed text: it follows what is chosen.
                "heading": "" if column.heading == usual.get(column.source) else column.heading,
                "place": place,
            }
            for place, column in enumerate(columns, 1)
        ]
        made = kind(data, initial=initial, prefix="columns", form_kwargs=kwargs)
        assert isinstance(made, ColumnFormSet)
        return made

    def _choices(self) -> list[tuple[str, str]]:
        """Every source with its label; one that is stored stays, also where its period is no more."""
        sources = [*LABELS, *(f"{PERIOD}{number}" for number in self._periods)]
        sources += [column.source for column in self._stored if column.source not in sources]
        return [(source, label(source, self._periods)) for source in sources]

    def _heading(self, source: str) -> str:
        return heading(source, self._periods, thai=self.thai)

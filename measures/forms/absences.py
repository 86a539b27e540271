"""The form by which somebody says that they are away."""

from __future__ import annotations

from typing import Any

from django import forms

from measures.forms.fields import ThaiCharField, ThaiDateField


class AbsenceForm(forms.Form):
    """From when to when; one day where no last day is given."""

    starts = ThaiDateField(
        label="ตั้งแต่วันที่", help_text="เช่น 3 ธันวาคม 2569", error_messages={"required": "ยังไม่ได้กรอกวันเริ่มต้น"}
    )
    ends = ThaiDateField(label="ถึงวันที่", required=False, help_text="เว้นว่างได้ หากไม่อยู่วันเดียว")
    note = ThaiCharField(
        label="หมายเหตุถึงนิติกร", max_length=300, required=False, help_text="เช่น ไปราชการ ติดต่อทางโทรศัพท์ได้"
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if starts and "ends" not in self.errors:
            data["ends"] = ends or starts
            if data["ends"] < starts:
                self.add_error("ends", "วันสิ้นสุดอยู่ก่อนวันเริ่มต้น กรุณาแก้ไขวันที่")
        return data

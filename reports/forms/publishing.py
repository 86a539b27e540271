"""What an officer decides when a report becomes public, and when it is taken back."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from measures.fiscal import BANGKOK
from measures.forms.fields import ThaiCharField, ThaiDateField, ThaiTextField
from measures.thai import arabic_digits
from reports.actions.publishing import REASON_MISSING

NOW, LATER = "now", "later"
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])(?: ?น\.?)?")


class TimeField(ThaiCharField):
    """A time of day as people type it: 9.00, 16:20, ๑๖.๒๐ น."""

    def clean(self, value: Any) -> Any:
        """Return a ``time``, or None for an empty field."""
        typed = arabic_digits(str(super().clean(value)))
        if not typed:
            return None
        if found := _TIME.fullmatch(typed):
            return time(int(found[1]), int(found[2]))
        raise ValidationError(f"อ่านเวลา “{typed}” ไม่ได้ กรุณาพิมพ์เช่น 16.20")


class PublishForm(forms.Form):
    """Now or later; ``checked`` is asked for where something looked like personal data."""

    when = forms.ChoiceField(
        choices=[(NOW, "เผยแพร่ทันที"), (LATER, "ตั้งเวลาเผยแพร่")], initial=NOW, required=False
    )
    day = ThaiDateField(label="วันที่เผยแพร่", required=False)
    hour = TimeField(label="เวลา", required=False, max_length=20)
    checked = forms.BooleanField(label="ตรวจข้อความข้างต้นแล้ว เผยแพร่ได้", required=False)

    def __init__(self, *args: Any, must_check: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._must_check = must_check

    def clean(self) -> dict[str, Any]:
        """A day and a time for later, and the tick where it is needed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self._must_check and not cleaned.get("checked"):
            self.add_error("checked", "กรุณาตรวจข้อความที่อาจเป็นข้อมูลส่วนบุคคล แล้วทำเครื่องหมายก่อนเผยแพร่")
        if cleaned.get("when") == LATER:
            for field, name in (("day", "วันที่"), ("hour", "เวลา")):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, f"กรุณาระบุ{name}ที่จะเผยแพร่")
        return cleaned

    @property
    def moment(self) -> datetime | None:
        """When it shall be published; None for now."""
        if self.cleaned_data.get("when") != LATER:
            return None
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], BANGKOK)


class WithdrawForm(forms.Form):
    """Why a published report is taken back, in words that everyone will read."""

    reason = ThaiTextField(
        label="เหตุผลที่ถอนการเผยแพร่",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="ทุกคนที่เปิดที่อยู่เดิมหรือสแกนรหัสบนเอกสารจะเห็นข้อความนี้ อย่าใส่ข้อมูลส่วนบุคคล",
        error_messages={"required": REASON_MISSING},
    )

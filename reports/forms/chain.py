"""Why the chain of one report differs from the agency's; its places are entered as the agency's are."""

from __future__ import annotations

from django import forms

from measures.forms.fields import ThaiCharField
from measures.thai import small_number
from reports.actions.reports import REASON_MISSING


class ChainReasonForm(forms.Form):
    """The reason, and the version of the report that was seen."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = ThaiCharField(
        label="เหตุผลที่ต่างจากลำดับของหน่วยงาน",
        max_length=500,
        help_text="เช่น ผู้อำนวยการกองเป็นผู้จัดทำเอง จึงไม่ต้องผ่านหัวหน้าฝ่าย",
        error_messages={"required": REASON_MISSING},
    )

    def clean_version(self) -> int:
        """What is no version is none that is current."""
        return small_number(self.cleaned_data["version"])

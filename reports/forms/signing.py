"""What a signatory writes: the words of an endorsement, or the reason for returning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from measures.forms.fields import ThaiTextField
from reports.actions.signing import LONGEST_WORDS, REASON_MISSING
from reports.document.engine import font_directory
from reports.document.fonts import UnprintableText, check_printable
from reports.models import SignOff

NONE, OWN = "none", "own"
USUAL = ("เพื่อโปรดทราบ", "ทราบ", "เห็นชอบ")


class Words(ThaiTextField):
    """Words that will be printed in the document."""

    def validate(self, value: Any) -> None:
        """Refuse letters that no font of the document has: they could never be printed."""
        super().validate(value)
        try:
            check_printable(str(value), font_directory())
        except UnprintableText as error:
            raise ValidationError(str(error), code="unprintable") from error


class EndorseForm(forms.Form):
    """The usual words of the position first, then the others, none, or one's own."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    turn = forms.IntegerField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label="ความเห็นที่จะพิมพ์ในบันทึก",
        widget=forms.RadioSelect,
        error_messages={"required": "กรุณาเลือกความเห็น หรือเลือก “ไม่มีความเห็น”"},
    )
    own_words = Words(
        label="ความเห็นที่เขียนเอง",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, place: SignOff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = list(dict.fromkeys(word for word in (place.usual_words, *USUAL) if word))
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*((word, word) for word in words), (NONE, "ไม่มีความเห็น"), (OWN, "เขียนเอง")]
        field.initial = place.usual_words or NONE

    def clean(self) -> dict[str, Any]:
        """One's own words are needed where they were chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("choice") == OWN and "own_words" in cleaned and not cleaned["own_words"]:
            self.add_error("own_words", "กรุณาพิมพ์ความเห็น หรือเลือก “ไม่มีความเห็น”")
        return cleaned

    @property
    def words(self) -> str:
        """What will be printed; "" for an endorsement without words."""
        choice = str(self.cleaned_data["choice"])
        if choice == OWN:
            return str(self.cleaned_data["own_words"])
        return "" if choice == NONE else choice


class ReturnForm(forms.Form):
    """Why the report goes back."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    turn = forms.IntegerField(widget=forms.HiddenInput)
    reason = ThaiTextField(
        label="เหตุผลที่ส่งกลับ",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="ระบุมาตรการหรือข้อความที่ต้องแก้ไข ผู้จัดทำและผู้ที่ลงนามก่อนหน้าจะเห็นข้อความนี้",
        error_messages={"required": REASON_MISSING},
    )

"""What a signatory writes: the words of an endorsement, or the reason for returning and the places it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from measures.forms.fields import ThaiTextField
from reports.actions.signing import LONGEST_WORDS, PLACE_MISSING, PLACE_UNKNOWN, REASON_MISSING
from reports.compose.places import Spot
from reports.document.engine import font_directory
from reports.document.fonts import UnprintableText, check_printable
from reports.models import SignOff

NONE, OWN = "none", "own"
ON_THE_WAY = ("เพื่อโปรดทราบ", "เห็นชอบ", "เห็นควรนำเรียนเพื่อพิจารณา")
"""What those write who hand the document on."""
AT_THE_END = ("ทราบ", "เห็นชอบ ดำเนินการตามเสนอ", "อนุมัติ")
"""What the last position writes, the head of the agency as a rule."""
_MOST_PHRASES = 8


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
    """The usual words of the position first, then one's own of earlier times, those of the role, none, or new ones."""

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

    def __init__(
        self, *args: Any, place: SignOff, favourites: Iterable[str] = (), is_last: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        of_role = AT_THE_END if is_last else ON_THE_WAY
        words = list(dict.fromkeys(word for word in (place.usual_words, *favourites, *of_role) if word))
        words = words[:_MOST_PHRASES]
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
    """Why the report goes back, and what of it is to be mended."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    turn = forms.IntegerField(widget=forms.HiddenInput)
    places = forms.MultipleChoiceField(
        label="ส่วนที่ต้องแก้ไข",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": PLACE_MISSING, "invalid_choice": PLACE_UNKNOWN},
    )
    reason = ThaiTextField(
        label="เหตุผลที่ส่งกลับ",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="ผู้จัดทำและผู้ที่ลงนามก่อนหน้าจะเห็นข้อความนี้ข้างส่วนที่เลือก",
        error_messages={"required": REASON_MISSING},
    )

    def __init__(self, *args: Any, spots: Iterable[Spot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["places"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(spot.key, spot.label) for spot in spots]

"""What a reader of the trail looks for, in the address of the page."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms

from measures.acts import GROUPS, THINGS
from measures.forms.fields import ThaiDateField
from measures.queries.trail import Asked

_ABOUT: Final = re.compile(r"([a-z]{1,60})-([0-9]{1,18})")


class TrailForm(forms.Form):
    """Days, a person, a kind of act, things; everything may be left out."""

    since = ThaiDateField(label="ตั้งแต่วันที่", required=False)
    until = ThaiDateField(label="ถึงวันที่", required=False)
    who = forms.TypedChoiceField(label="ผู้กระทำ", required=False, coerce=int, empty_value=None)
    group = forms.ChoiceField(label="เรื่อง", required=False)
    about = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "ทุกคน"), *people]  # type: ignore[attr-defined]
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            ("", "ทุกเรื่อง"), *((word, label) for word, (label, _) in GROUPS.items())
        ]  # fmt: skip

    def clean_about(self) -> tuple[tuple[str, int], ...]:
        """The things named, "report-7,revision-12"; what is no thing is passed over."""
        named = _ABOUT.findall(self.cleaned_data["about"])
        return tuple((target, int(pk)) for target, pk in named if target in THINGS)[:40]

    @property
    def asked(self) -> Asked:
        """What was understood; a field with a mistake asks for nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            since=given.get("since"),
            until=given.get("until"),
            actor=given.get("who"),
            group=given.get("group") or "",
            about=given.get("about") or (),
            before=given.get("before"),
        )

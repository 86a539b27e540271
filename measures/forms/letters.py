"""The form in which an officer changes a letter that was not sent yet."""

from __future__ import annotations

from django import forms

from measures.actions.outbox import Change
from measures.forms.fields import EmailField, ThaiCharField, ThaiTextField
from measures.models import Letter


class LetterForm(forms.Form):
    """Address, subject and text; ``version`` is what the person had before them."""

    address = EmailField(label="อีเมลผู้รับ", required=False, help_text="เว้นว่างไว้หากจะแจ้งทาง LINE")
    subject = ThaiCharField(label="หัวเรื่อง", max_length=200)
    body = ThaiTextField(label="ข้อความ", max_length=20_000, widget=forms.Textarea(attrs={"rows": 14}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, letter: Letter) -> LetterForm:
        """The form as the letter stands."""
        fields = ("address", "subject", "body", "version")
        return cls(initial={name: getattr(letter, name) for name in fields})

    def change(self) -> Change:
        """What was typed. Only of a valid form."""
        data = self.cleaned_data
        return Change(data["address"], data["subject"], data["body"])

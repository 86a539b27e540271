"""Forms of a quarter's result, of its evidence, and of the year's outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from measures.actions.outcomes import OutcomeInput
from measures.actions.results import ResultInput
from measures.attachments import web_address
from measures.choices import Progress
from measures.forms.fields import PercentField, ThaiCharField, ThaiTextField
from measures.models import Evidence, Outcome, QuarterlyResult
from measures.queries.results import NumberedStep
from measures.thai import ThaiValueError
from measures.workflow import missing, percent_problem

HOW_TO_TYPE: Final = 'พิมพ์บรรทัดละรายการ ขึ้นต้นด้วย "- " รายการย่อยให้ขึ้นบรรทัดใหม่ด้วย "๑. " ใต้รายการนั้น'
_LONGEST_BODY: Final = 20_000
_LONGEST_NOTE: Final = 5000
_OUTCOME: Final = ("progress", "percent", "body", "obstacles", "suggestions", "remark")
_TICK: Final = {"class": "form-check-input"}
_REOPEN: Final = "หน้านี้เปิดไว้ไม่ครบ กรุณาคัดลอกข้อความ เปิดหน้านี้ใหม่ แล้วบันทึกอีกครั้ง"


def _progress() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="สถานะของมาตรการ",
        choices=Progress.choices,
        widget=forms.RadioSelect(attrs=_TICK),
        required=False,
        error_messages={"invalid_choice": "กรุณาเลือกสถานะจากรายการ"},
    )


def _notes(label: str, help_text: str) -> ThaiTextField:
    return ThaiTextField(
        label=label,
        max_length=_LONGEST_NOTE,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _obstacles() -> ThaiTextField:
    return _notes("ปัญหา/อุปสรรค", 'ไม่บังคับ พิมพ์บรรทัดละรายการ หากไม่มีให้พิมพ์ "ไม่มี"')


def _suggestions() -> ThaiTextField:
    return _notes("ข้อเสนอแนะ", "ไม่บังคับ พิมพ์บรรทัดละรายการ")


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs=_TICK))


def _version() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput, error_messages={"invalid": _REOPEN})


class ResultForm(forms.Form):
    """A measure's result of one period. A draft may be incomplete; what is sent may not."""

    version = _version()
    progress = _progress()
    percent = PercentField(
        label="ร้อยละความก้าวหน้า", required=False, help_text="ไม่บังคับ จำนวนเต็ม 0 ถึง 100 นับตั้งแต่ต้นปีงบประมาณ"
    )
    nothing_done = forms.BooleanField(label="ไม่มีการดำเนินการในไตรมาสนี้", required=False)
    nil_reason = ThaiCharField(label="เหตุผลที่ไม่มีการดำเนินการ", max_length=500, required=False)
    body = ThaiTextField(
        label="ผลการดำเนินการ",
        max_length=_LONGEST_BODY,
        required=False,
        help_text=HOW_TO_TYPE,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    obstacles = _obstacles()
    suggestions = _suggestions()
    steps = forms.TypedMultipleChoiceField(
        label="ขั้นตอนที่ดำเนินการแล้วในไตรมาสนี้",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=_TICK),
        error_messages={"invalid_choice": "มีการแก้ไขขั้นตอนหลังจากท่านเปิดหน้านี้ กรุณาเลือกขั้นตอนอีกครั้ง"},
    )
    return_reason = ThaiTextField(
        label="เหตุผลที่ส่งกลับ",
        max_length=1000,
        required=False,
        help_text="ผู้จัดทำจะเห็นข้อความนี้ที่ด้านบนของแบบรายงาน",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        steps: Iterable[NumberedStep],
        act: str = "save",
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.act = act
        chosen = self.fields["steps"]
        assert isinstance(chosen, forms.TypedMultipleChoiceField)
        chosen.choices = [(str(s.step.pk), s.step.text) for s in steps]

    def clean(self) -> dict[str, Any]:
        """Check what depends on several fields, each error beside the field to correct."""
        said = self.cleaned_data
        if "percent" in said and (problem := percent_problem(said.get("progress", ""), said["percent"])):
            self.add_error("percent", problem)
        if self.act in ("submit", "accept"):
            for name, sentence in missing(
                progress=said.get("progress", ""),
                body=said.get("body", ""),
                nothing_done=said.get("nothing_done", False),
                nil_reason=said.get("nil_reason", ""),
            ).items():
                if name not in self.errors:
                    self.add_error(name, sentence)
        if self.act == "return" and not said.get("return_reason") and "return_reason" not in self.errors:
            self.add_error("return_reason", "กรุณาระบุเหตุผลที่ส่งกลับ ผู้จัดทำจะเห็นข้อความนี้ข้างจุดที่ต้องแก้ไข")
        return said

    @property
    def given(self) -> ResultInput:
        """What was typed, for the action."""
        said = self.cleaned_data
        return ResultInput(
            progress=said["progress"],
            percent=said["percent"],
            nothing_done=said["nothing_done"],
            nil_reason=said["nil_reason"],
            body=said["body"],
            obstacles=said["obstacles"],
            suggestions=said["suggestions"],
            step_ids=frozenset(said["steps"]),
        )


def stored_values(result: QuarterlyResult | None) -> dict[str, Any]:
    """What the form shows of a stored result."""
    if result is None:
        return {}
    return {
        "version": result.version,
        "progress": result.progress,
        "percent": result.percent,
        "nothing_done": result.nothing_done,
        "nil_reason": result.nil_reason,
        "body": result.body,
        "obstacles": result.obstacles,
        "suggestions": result.suggestions,
        "steps": [str(step.pk) for step in result.steps_done.all()],
    }


class EvidenceForm(forms.Form):
    """One piece of evidence that is there already: its title, whether it is public, and whether to remove it."""

    title = ThaiCharField(
        label="ชื่อหลักฐาน", max_length=300, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    is_public = _tick("เผยแพร่ต่อสาธารณะ")
    remove = _tick("นำออกเมื่อบันทึก")

    def __init__(self, data: Mapping[str, Any] | None, *, evidence: Evidence) -> None:
        # A form that was sent before this evidence was added says nothing about it.
        prefix = f"evidence-{evidence.uid}"
        sent = data if data is not None and f"{prefix}-title" in data else None
        super().__init__(
            sent, prefix=prefix, initial={"title": evidence.title, "is_public": evidence.is_public}
        )
        self.evidence = evidence


class AddressForm(forms.Form):
    """A web address to add as evidence; empty where none is added."""

    url = ThaiCharField(
        label="ที่อยู่เว็บ",
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    url_title = ThaiCharField(label="ชื่อหลักฐาน", max_length=300, required=False)
    url_public = _tick("เผยแพร่ต่อสาธารณะ")

    def clean_url(self) -> str:
        """Take only what a browser opens without signing in as somebody."""
        typed: str = self.cleaned_data["url"]
        try:
            return web_address(typed) if typed else ""
        except ThaiValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """A title without an address is a mistake worth telling."""
        said = self.cleaned_data
        if said.get("url_title") and not said.get("url") and "url" not in self.errors:
            self.add_error("url", "ยังไม่ได้กรอกที่อยู่เว็บของหลักฐานนี้")
        return said


class OutcomeForm(forms.Form):
    """The year's outcome as the report prints it."""

    version = _version()
    progress = _progress()
    percent = PercentField(
        label="ร้อยละความก้าวหน้า",
        required=False,
        help_text="ไม่บังคับ จำนวนเต็ม 0 ถึง 100 ใช้เมื่อตารางของรายงานมีคอลัมน์นี้",
    )
    body = ThaiTextField(
        label="ผลลัพธ์/ผลการดำเนินการ",
        max_length=_LONGEST_BODY,
        required=False,
        help_text=HOW_TO_TYPE,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    obstacles = _obstacles()
    suggestions = _suggestions()
    remark = ThaiCharField(label="หมายเหตุ", max_length=1000, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a percentage that contradicts the status."""
        said = self.cleaned_data
        if "percent" in said and (problem := percent_problem(said.get("progress", ""), said["percent"])):
            self.add_error("percent", problem)
        return said

    @property
    def given(self) -> OutcomeInput:
        """What was typed, for the action."""
        return OutcomeInput(**{name: self.cleaned_data[name] for name in _OUTCOME})

    @property
    def opens_more(self) -> bool:
        """Whether what is folded away holds something to see."""
        folded = ("obstacles", "suggestions", "remark")
        return any(self[name].value() or self[name].errors for name in folded)

    @classmethod
    def showing(cls, outcome: Outcome | None, *, more: Iterable[str] = ()) -> OutcomeForm:
        """The stored outcome, with texts appended that are not saved yet."""
        stored = {name: getattr(outcome, name) for name in ("version", *_OUTCOME)} if outcome else {}
        body = "\n".join(text for text in (stored.get("body", ""), *more) if text)
        return cls(initial=stored | {"body": body})

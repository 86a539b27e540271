"""The one form of a report: the memorandum's fields, its sections, the table's columns, the signers' words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from measures.dates import long_date
from measures.forms.fields import ScoreField, ThaiCharField, ThaiDateField, ThaiFormSet, ThaiTextField
from measures.thai import small_number
from reports.actions.reports import ReportInput, SectionInput, SignerInput
from reports.choices import Kind
from reports.columns import words
from reports.content import MOST_SECTIONS
from reports.forms.columns import ColumnChooser
from reports.models import Report, Signer

_TEXTS = (
    "section", "number", "subject", "addressee", "refers_number", "refers_subject", "closing",
    "table_title", "table_subtitle",
)  # fmt: skip
_DATES = ("date", "refers_date")


_SCORES = ("ita_score", "ita_target")


def _line(rows: int = 1) -> forms.Textarea:
    """One line of the document that grows with its text: in a single line its end would be out of sight."""
    return forms.Textarea(attrs={"rows": rows})


class ReportForm(forms.Form):
    """Everything but the sections; ``columns`` are the table's. A draft may be incomplete; what is sent may not."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    section = ThaiCharField(label="ส่วนราชการ", max_length=300, required=False, widget=_line())
    number = ThaiCharField(
        label="ที่", max_length=100, required=False, help_text="รหัสและเลขที่ออก เช่น ตย 12345/358"
    )
    date = ThaiDateField(label="วันที่", required=False, help_text="เช่น 27 ธันวาคม 2567 หรือ 27/12/2567")
    subject = ThaiCharField(label="เรื่อง", max_length=500, required=False, widget=_line(rows=2))
    addressee = ThaiCharField(label="เรียน", max_length=200, required=False)
    refers_number = ThaiCharField(label="บันทึกข้อความก่อนหน้า ที่", max_length=100, required=False)
    refers_date = ThaiDateField(label="ลงวันที่", required=False)
    refers_subject = ThaiCharField(
        label="เรื่องของบันทึกข้อความก่อนหน้า", max_length=500, required=False, widget=_line()
    )
    ita_score = ScoreField(label="คะแนน ITA", required=False)
    ita_target = ScoreField(label="ค่าเป้าหมาย", required=False)
    closing = ThaiCharField(label="คำลงท้าย", max_length=300, required=False)
    table_title = ThaiCharField(label="ชื่อตาราง บรรทัดที่ 1", max_length=500, required=False, widget=_line())
    table_subtitle = ThaiCharField(label="ชื่อตาราง บรรทัดที่ 2", max_length=300, required=False, widget=_line())

    def __init__(self, data: Any = None, *, report: Report) -> None:
        super().__init__(data, initial=stored_values(report))
        self.signers = [signer for signer in report.signers.select_related("position") if signer.order]
        self.columns = ColumnChooser(report, data)
        # A part of a year has no score of its own, and may not overwrite the year's.
        for name in _SCORES if report.kind != Kind.ANNUAL else ():
            del self.fields[name]
        for signer in self.signers:
            self.fields[f"addressed_to_{signer.order}"] = ThaiCharField(
                label="เรียน", max_length=200, required=False
            )
            self.fields[f"words_{signer.order}"] = ThaiCharField(
                label="ความเห็นที่ใช้ประจำ", max_length=500, required=False
            )

    def clean_version(self) -> int:
        """What is no version is none that is current, and is answered with both texts: nobody sees this field."""
        return small_number(self.cleaned_data["version"])

    def is_valid(self) -> bool:
        """Both are asked, so that every error shows at once."""
        return all([super().is_valid(), self.columns.is_valid()])

    def name_of(self, name: str) -> str:
        """A field's label, with the signer's position where each signer has such a field."""
        label = str(self.fields[name].label)
        signer = next(
            (s for s in self.signers if name in (f"addressed_to_{s.order}", f"words_{s.order}")), None
        )
        return f"{label} ({signer.position})" if signer else label

    def signer_fields(self) -> list[tuple[Signer, forms.BoundField, forms.BoundField]]:
        """For each place in the chain, whom it addresses and its usual words."""
        return [(s, self[f"addressed_to_{s.order}"], self[f"words_{s.order}"]) for s in self.signers]


class SectionForm(forms.Form):
    """One section of the memorandum; one with nothing in it is left out."""

    number = ThaiCharField(label="ข้อ", max_length=20, required=False)
    title = ThaiCharField(label="หัวข้อ", max_length=200, required=False)
    body = ThaiTextField(
        label="ข้อความ (บรรทัดละย่อหน้า)",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    items = ThaiTextField(
        label='รายการย่อย (บรรทัดละข้อ ขึ้นต้นด้วย "๑. " หรือ "- ")',
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


# As many as a plan file may bring; of more that are sent, twice as many are shown again, so that nothing typed is lost.
SectionFormSet = forms.formset_factory(
    SectionForm,
    formset=ThaiFormSet,
    extra=1,
    max_num=MOST_SECTIONS,
    absolute_max=2 * MOST_SECTIONS,
    validate_max=True,
)


@dataclass(frozen=True)
class Difference:
    """One field whose stored words (``theirs``) are not those typed (``yours``)."""

    label: str
    theirs: str
    yours: str


def stored_values(report: Report) -> dict[str, Any]:
    """What the form shows of a report that is saved."""
    values: dict[str, Any] = {name: getattr(report, name) for name in (*_TEXTS, *_DATES, "version")}
    values |= {"ita_score": report.plan.ita_score, "ita_target": report.plan.ita_target}
    for signer in report.signers.all():
        values[f"addressed_to_{signer.order}"] = signer.addressed_to
        values[f"words_{signer.order}"] = signer.words
    return values


def stored_sections(report: Report) -> list[dict[str, str]]:
    """What the form shows of its sections."""
    return [
        {"number": s.number, "title": s.title, "body": s.body, "items": s.items}
        for s in report.sections.all()
    ]


def given(form: ReportForm, sections: forms.BaseFormSet[SectionForm]) -> ReportInput:
    """What two valid forms say."""
    clean = form.cleaned_data
    return ReportInput(
        **{name: clean[name] for name in (*_TEXTS, *_DATES)},
        ita_score=clean.get("ita_score"),
        ita_target=clean.get("ita_target"),
        columns=form.columns.chosen(),
        sections=tuple(SectionInput(**typed) for typed in _typed_sections(sections)),
        signers=tuple(
            SignerInput(s.order, clean[f"addressed_to_{s.order}"], clean[f"words_{s.order}"])
            for s in form.signers
        ),
    )


def differences(
    newer: Report, form: ReportForm, sections: forms.BaseFormSet[SectionForm]
) -> list[Difference]:
    """Compare what is stored now with two valid forms, field by field."""
    stored = stored_values(newer)
    found = [
        Difference(form.name_of(name), _words(stored.get(name)), _words(typed))
        for name, typed in form.cleaned_data.items()
        if name != "version" and _words(stored.get(name)) != _words(typed)
    ]
    columns = [words(columns) for columns in (newer.table_columns, form.columns.chosen())]
    if columns[0] != columns[1]:
        found.append(Difference("คอลัมน์ของตาราง", *columns))
    theirs, yours = stored_sections(newer), _typed_sections(sections)
    for number in range(max(len(theirs), len(yours))):
        pair = [_section_words(side[number]) if number < len(side) else "" for side in (theirs, yours)]
        if pair[0] != pair[1]:
            found.append(Difference(f"หัวข้อที่ {number + 1} ของบันทึกข้อความ", *pair))
    return found


def _typed_sections(sections: forms.BaseFormSet[SectionForm]) -> list[dict[str, str]]:
    typed = [{name: form.cleaned_data.get(name, "") for name in SectionForm.base_fields} for form in sections]
    return [section for section in typed if section["title"] or section["body"] or section["items"]]


def _section_words(section: dict[str, str]) -> str:
    heading = f"{section['number']}. {section['title']}"
    return "\n".join(part for part in (heading, section["body"], section["items"]) if part)


def _words(value: Any) -> str:
    if value is None:
        return ""
    return long_date(value) if hasattr(value, "year") else str(value)

"""Form fields in which typed Thai text, dates and numbers become canonical, each once and on the way in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from measures import dates, thai
from measures.fiscal import bangkok_date

T = TypeVar("T")

# Far above what any screen asks for; a field without its own limit still refuses a pasted book.
_LONGEST_TEXT: Final = 100_000
_LONGEST_VALUE: Final = 100


class _ThaiErrors(forms.Field):
    """Errors as Thai sentences that name the field where its label is known."""

    default_error_messages = {
        "required": "ยังไม่ได้กรอกข้อมูลในช่องนี้",
        "max_length": "ข้อความยาว %(show_value)d ตัวอักษร เกินที่รับได้ (%(limit_value)d ตัวอักษร) กรุณาย่อข้อความ",
        "min_length": "ข้อความสั้นกว่า %(limit_value)d ตัวอักษร กรุณากรอกให้ครบ",
        "null_characters_not_allowed": "ข้อความมีอักขระที่ระบบรับไม่ได้ กรุณาลบข้อความแล้วพิมพ์ใหม่",
    }

    def __init__(self, *, error_messages: dict[str, Any] | None = None, **kwargs: Any) -> None:
        label = kwargs.get("label")
        named = {"required": f"ยังไม่ได้กรอก{label}"} if label else {}
        super().__init__(error_messages=named | (error_messages or {}), **kwargs)


class ThaiCharField(_ThaiErrors, forms.CharField):
    """One line of text; ``max_length`` counts code points of the canonical text."""

    multiline = False

    def __init__(self, *, max_length: int | None = _LONGEST_TEXT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length or _LONGEST_TEXT, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the canonical text; a value of nothing but spaces and invisible characters is empty."""
        if value in self.empty_values:
            return self.empty_value
        return thai.canonical(str(value), multiline=self.multiline) or self.empty_value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave ``maxlength`` out: a browser cuts a pasted text without a word, and counts an emoji as two."""
        attrs = super().widget_attrs(widget)
        for name in ("maxlength", "minlength"):
            attrs.pop(name, None)
        return attrs


class ThaiTextField(ThaiCharField):
    """Several lines of text; a line end is one code point whichever way the browser sends it."""

    widget = forms.Textarea
    multiline = True


class EmailField(_ThaiErrors, forms.EmailField):
    """An e-mail address."""

    default_error_messages = {"invalid": "อ่านอีเมลไม่ได้ กรุณาพิมพ์เช่น saraban@tuayang.example"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)


class WebAddressField(_ThaiErrors, forms.URLField):
    """The address of a web page; https where no scheme was typed."""

    default_error_messages = {"invalid": "อ่านที่อยู่เว็บไม่ได้ กรุณาคัดลอกทั้งบรรทัดจากเบราว์เซอร์"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=500, assume_scheme="https", **kwargs)


class NameField(_ThaiErrors, forms.CharField):
    """A name for machines, of Latin letters, digits and the given ``signs``."""

    def __init__(self, *, signs: str, max_length: int, **kwargs: Any) -> None:
        sentence = f"ใช้ได้เฉพาะตัวอักษรอังกฤษ ตัวเลข และ {' '.join(signs)} ไม่เว้นวรรค"
        super().__init__(max_length=max_length, **kwargs)
        self.validators.append(RegexValidator(f"^[A-Za-z0-9{re.escape(signs)}]+\\Z", sentence))


class ThaiDateInput(forms.TextInput):
    """A typed day with a line below that says how it is read: while typing where there is script, else when shown."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # What stands around the field may send whole forms; these keep the answer to the one line.
        ask = {
            "hx-get": reverse_lazy("date_reading"), "hx-trigger": "change", "hx-target": "next .understood",
            "hx-select": "unset", "hx-swap": "innerHTML", "hx-push-url": "false", "autocomplete": "off",
        }  # fmt: skip
        super().__init__({**ask, **(attrs or {})})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field and the line, empty where the words in the field say it themselves."""
        said = dates.reading(value) if isinstance(value, str) else ""
        field = super().render(name, value, attrs, renderer)
        return format_html('{}<span class="form-text understood" aria-live="polite">{}</span>', field, said)


class ThaiDateField(_ThaiErrors, forms.Field):
    """A day as Thai people type it, cleaned to a ``date`` and shown as "27 ธันวาคม 2567"."""

    widget = ThaiDateInput

    def to_python(self, value: Any) -> date | None:
        """Return the day, or ``None`` for an empty field."""
        if isinstance(value, datetime):
            return bangkok_date(value)
        if value is None or isinstance(value, date):
            return value
        return _read(str(value), lambda typed: dates.parse_thai_date(typed).value)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored day in words, and typed text as it was typed."""
        if isinstance(value, datetime):
            value = bangkok_date(value)
        return dates.long_date(value) if isinstance(value, date) else value


class PercentField(_ThaiErrors, forms.Field):
    """A whole percentage from 0 to 100, cleaned to ``int``; empty is ``None``, which is not 0."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        """Return the percentage, or ``None`` for an empty field."""
        return None if value is None else _read(str(value), thai.parse_percent)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask phones for the keyboard with digits."""
        return {**super().widget_attrs(widget), "inputmode": "numeric"}


class ThaiDecimalField(_ThaiErrors, forms.Field):
    """A number with Thai or Arabic digits and commas between thousands, cleaned to ``Decimal``."""

    widget = forms.TextInput

    def __init__(
        self,
        *,
        places: int = 2,
        maximum: Decimal = Decimal(10**12),
        minimum: Decimal = Decimal(0),
        **kwargs: Any,
    ) -> None:
        self.places, self.maximum, self.minimum = places, maximum, minimum
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number, or ``None`` for an empty field."""
        if value is None or isinstance(value, Decimal):
            return value
        return _read(str(value), self._parse)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number with commas, and typed text as it was typed."""
        return f"{value:,}" if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask phones for the keyboard with digits and a point."""
        return {**super().widget_attrs(widget), "inputmode": "decimal"}

    def _parse(self, typed: str) -> Decimal:
        return thai.parse_decimal(typed, places=self.places, maximum=self.maximum, minimum=self.minimum)


class ScoreField(ThaiDecimalField):
    """An assessment score: 0 to 100 with at most two decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(places=2, maximum=Decimal(100), **kwargs)


class FiscalYearField(_ThaiErrors, forms.Field):
    """A fiscal year typed as 2570, ๒๕๗๐, 70 or 2027, cleaned to the year of the Buddhist era."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        """Return the year in the Buddhist era, or ``None`` for an empty field."""
        return None if value is None else _read(str(value), dates.read_year)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask phones for the keyboard with digits."""
        return {**super().widget_attrs(widget), "inputmode": "numeric"}


class ThaiFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    """A form of rows that says in Thai what is wrong with it as a whole."""

    default_error_messages = {
        "missing_management_form": "แบบฟอร์มส่งมาไม่ครบ ระบบจึงยังไม่บันทึก กรุณาคัดลอกข้อความ โหลดหน้านี้ใหม่ แล้วกรอกอีกครั้ง",
        "too_many_forms": "กรอกได้ไม่เกิน %(num)d แถว กรุณาลดจำนวนแถว",
    }


def understood(form: forms.BaseForm) -> str:
    """What to add to "saved": how each day was read that was typed with a year of ค.ศ. or of two digits."""
    typed = [
        str(form[name].data or "") for name, field in form.fields.items() if isinstance(field, ThaiDateField)
    ]
    read = [f'"{text.strip()}" เป็น {day}' for text in typed if (day := dates.guessed(text))]
    return f" ระบบอ่าน {', '.join(read)} หากไม่ถูกต้องกรุณาแก้ไข" if read else ""


def _read(typed: str, understand: Callable[[str], T]) -> T | None:
    # Text of spaces and invisible characters only is an empty field, so that "required" answers it.
    if len(typed) <= _LONGEST_VALUE and not thai.canonical(typed):
        return None
    try:
        return understand(typed)
    except thai.ThaiValueError as error:
        raise ValidationError(str(error), code="invalid") from error

"""Thai dates, digits and keys in templates."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from measures import dates
from measures import thai as thai_text
from measures.models.receipt import FIELD

register = template.Library()


@register.filter
def long_date(value: date | None) -> str:
    """27 ธันวาคม 2567, or nothing for None."""
    return dates.long_date(value) if value else ""


@register.filter
def short_date(value: date | None) -> str:
    """27 ธ.ค. 67, or nothing for None."""
    return dates.short_date(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """27 ธันวาคม 2567 เวลา 14.05 น., or nothing for None."""
    return dates.moment_label(value) if value else ""


@register.filter
def thai(value: object) -> str:
    """The same with Thai digits."""
    return thai_text.thai_digits(str(value))


@register.filter
def baht(value: Decimal | None) -> str:
    """1,000,000.50, or nothing for None."""
    return "" if value is None else thai_text.baht(value)


@register.simple_tag
def request_key() -> SafeString:
    """The hidden field that makes a form one act."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid.uuid4())

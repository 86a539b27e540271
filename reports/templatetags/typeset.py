"""You come here for the one tag that prints text in the document: ``{% typeset text %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from reports.document.thai_text import typeset as set_text

register = template.Library()


@register.simple_tag(takes_context=True)
def typeset(context: dict[str, Any], text: object) -> SafeString:
    """``text`` escaped, in the digits of the document, unbreakable where words belong together."""
    return set_text(str(text or ""), thai=bool(context["thai"]))

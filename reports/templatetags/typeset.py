"""You come here for the one tag that prints text in the document: ``{% typeset text %}``."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from reports.document.thai_text import typeset as set_text

register = template.Library()


@register.simple_tag
def typeset(text: object) -> SafeString:
    """``text`` escaped, unbreakable where words belong together."""
    return set_text(str(text or ""))

"""How a typed day is read, told while the form is being filled in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.dates import parse_thai_date, reading
from measures.thai import ThaiValueError, canonical
from measures.views.guard import DeskRequest, desk


@require_safe
@desk
def date_reading(request: DeskRequest) -> HttpResponse:
    """The sentence for one typed day, whatever its field is called: how it is read, or why it cannot be."""
    typed = request.GET.get(next(iter(request.GET), ""), "")
    said = problem = ""
    if canonical(typed[:100]):
        try:
            parse_thai_date(typed)
            said = reading(typed)
        except ThaiValueError as error:
            problem = str(error)
    return render(request, "desk/date_reading.html", {"said": said, "problem": problem})

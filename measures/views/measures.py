"""One measure: its dossier and its editor."""

from django.http import HttpResponse, HttpResponseBase

from measures.views.guard import DeskRequest, desk


@desk
def measure(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()


@desk
def measure_new(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()


@desk
def measure_edit(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()

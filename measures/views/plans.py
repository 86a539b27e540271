"""The officer's year at a glance, and how a year starts."""

from django.http import HttpResponse, HttpResponseBase

from measures.views.guard import DeskRequest, desk


@desk
def plans(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()


@desk
def plan_new(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()


@desk
def plan(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()

"""The year's groups and measures: their order, adding and deleting."""

from django.http import HttpResponse, HttpResponseBase

from measures.views.guard import DeskRequest, desk


@desk
def plan_edit(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()


@desk
def group_new(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()


@desk
def group_edit(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()


@desk
def group_move(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()


@desk
def group_delete(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()


@desk
def measure_move(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()


@desk
def measure_delete(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()

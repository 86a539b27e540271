"""When the year's results are taken and due."""

from django.http import HttpResponse, HttpResponseBase

from measures.views.guard import DeskRequest, desk


@desk
def plan_periods(request: DeskRequest, **ids: int) -> HttpResponseBase:
    return HttpResponse()

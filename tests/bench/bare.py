"""What a page costs that does nothing: Django without middleware, answering two bytes."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def two_bytes(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("", two_bytes)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bare", MIDDLEWARE=[])
application = get_wsgi_application()

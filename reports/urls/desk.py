"""Addresses of the officer's reports and of the executives' inbox."""

from django.urls import path

from reports.views import desk, signing

urlpatterns = [
    path("reports/", desk.reports, name="reports"),
    path("inbox/", signing.inbox, name="inbox"),
]

"""The public addresses: they are entered in the assessment and never change."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

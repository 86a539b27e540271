"""Addresses of the officer's and the units' desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

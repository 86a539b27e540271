"""Addresses of the officer's reports and of the executives' inbox."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Composing, freezing, signing, publishing; the document; the public pages."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "รายงานและการลงนาม"

"""Plans, measures, steps, units, people, quarterly results, evidence; the officer's and units' desk."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "measures"
    verbose_name = "มาตรการและผล"

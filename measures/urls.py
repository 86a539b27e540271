"""Addresses of the officer's and the units' desk."""

from django.urls import URLPattern, path

from measures.views import measures, outcomes, periods, plans, results, structure, unit

urlpatterns: list[URLPattern] = [
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.plan_new, name="plan_new"),
    path("plans/<int:year>/", plans.plan, name="plan"),
    path("plans/<int:year>/edit/", structure.plan_edit, name="plan_edit"),
    path("plans/<int:year>/periods/", periods.plan_periods, name="plan_periods"),
    path("plans/<int:year>/groups/new/", structure.group_new, name="group_new"),
    path("groups/<int:group_id>/edit/", structure.group_edit, name="group_edit"),
    path("groups/<int:group_id>/move/", structure.group_move, name="group_move"),
    path("groups/<int:group_id>/delete/", structure.group_delete, name="group_delete"),
    path("groups/<int:group_id>/measures/new/", measures.measure_new, name="measure_new"),
    path("measures/<int:measure_id>/", measures.measure, name="measure"),
    path("measures/<int:measure_id>/edit/", measures.measure_edit, name="measure_edit"),
    path("measures/<int:measure_id>/move/", structure.measure_move, name="measure_move"),
    path("measures/<int:measure_id>/delete/", structure.measure_delete, name="measure_delete"),
    path("unit/", unit.unit, name="unit"),
    path("results/<int:measure_id>/<int:number>/", results.result, name="result"),
    path("measures/<int:measure_id>/outcome/", outcomes.outcome, name="outcome"),
]

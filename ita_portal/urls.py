"""The portal's addresses. Those below an agency's slug are public and never change."""

from django.urls import include, path

from ita_portal import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("accounts/", include("allauth.account.urls")),
    path("desk/", views.home, name="home"),
    path("desk/", include("reports.urls.desk")),
    path("desk/", include("measures.urls")),
    path("", include("reports.urls.public")),
]

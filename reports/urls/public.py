"""The public addresses: they are entered in the assessment and never change (docs/addresses.md)."""

from django.urls import URLPattern, path, register_converter

from reports.views import heads, public, verify


class Slug:
    """An agency's name in addresses."""

    regex = "[a-z][a-z0-9-]{1,48}[a-z0-9]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Year:
    """A fiscal year of the Buddhist era, in Arabic digits; 2024 is no page."""

    regex = "2[4-6][0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Report(Slug):
    """Kind, period and revision of a report: annual-2, half1-1, quarter3-1."""

    regex = "(?:annual|half[1-9]|quarter[1-9])-[1-9][0-9]{0,3}"


register_converter(Slug, "agency")
register_converter(Year, "year")
register_converter(Report, "report")

urlpatterns: list[URLPattern] = [
    path("", public.front, name="front"),
    # Too short for a town's name. The printed address has no slash at its end.
    path("v/", verify.verify, name="verify"),
    path("v/<str:typed>", verify.verify_scanned, name="verify_scanned"),
    path("v/<str:typed>/", verify.verify_code, name="verify_code"),
    path("trail/heads.txt", heads.all_heads, name="all_heads"),
    path("<agency:slug>/trail/", heads.trail_page, name="trail_page"),
    path("<agency:slug>/trail/heads.txt", heads.trail_heads, name="trail_heads"),
    path("<agency:slug>/", public.town, name="town"),
    path("<agency:slug>/<year:year>/", public.year, name="year"),
    path("<agency:slug>/<year:year>/reports/<report:name>/", public.report, name="report_page"),
    path("<agency:slug>/<year:year>/reports/<report:name>.pdf", public.pdf, name="report_pdf"),
    path("<agency:slug>/<year:year>/reports/<report:name><twin:ending>", public.twin, name="report_twin"),
    path("<agency:slug>/<year:year>/evidence/<uuid:uid>/", public.evidence, name="public_evidence"),
]

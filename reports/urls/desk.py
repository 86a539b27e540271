"""Addresses of the officer's reports and of the executives' inbox."""

from django.urls import path

from reports.views import (
    chain,
    desk,
    evidence,
    mending,
    preview,
    publishing,
    reading,
    rehearsing,
    sending,
    signing,
    tracking,
    twins,
)

urlpatterns = [
    path("reports/", desk.reports, name="reports"),
    path("reports/start/", desk.report_start, name="report_start"),
    path("reports/<int:report_id>/", desk.report, name="report"),
    path("reports/<int:report_id>/sections/", desk.report_sections, name="report_sections"),
    path("reports/<int:report_id>/chain/", desk.report_chain, name="report_chain"),
    path("reports/<int:report_id>/chain/edit/", chain.report_chain_edit, name="report_chain_edit"),
    path("reports/<int:report_id>/changes/", mending.report_changes, name="report_changes"),
    path("reports/<int:report_id>/rehearse/", rehearsing.report_rehearse, name="report_rehearse"),
    path("reports/<int:report_id>/preview/", preview.report_preview, name="report_preview"),
    path("reports/<int:report_id>/draft.pdf", desk.report_draft, name="report_draft"),
    path("reports/<int:report_id>/draft<twin:ending>", twins.report_draft_twin, name="report_draft_twin"),
    path("reports/<int:report_id>/send/", sending.report_send, name="report_send"),
    path("inbox/", signing.inbox, name="inbox"),
    path("revisions/<int:revision_id>/", signing.revision, name="revision"),
    path("revisions/<int:revision_id>/pages/", reading.revision_pages, name="revision_pages"),
    path("revisions/<int:revision_id>/tracking/", tracking.revision_tracking, name="revision_tracking"),
    path("revisions/<int:revision_id>/sent/", tracking.revision_sent, name="revision_sent"),
    path("revisions/<int:revision_id>/remind/", tracking.revision_remind, name="revision_remind"),
    path("revisions/<int:revision_id>/recall/", tracking.revision_recall, name="revision_recall"),
    path("revisions/<int:revision_id>/endorse/", signing.revision_endorse, name="revision_endorse"),
    path("revisions/<int:revision_id>/return/", signing.revision_return, name="revision_return"),
    path("revisions/<int:revision_id>/receipt/", signing.revision_receipt, name="revision_receipt"),
    path("revisions/<int:revision_id>/presented.pdf", signing.revision_presented, name="revision_presented"),
    path("revisions/<int:revision_id>/sealed.pdf", signing.revision_sealed, name="revision_sealed"),
    path("revisions/<int:revision_id>/report<twin:ending>", twins.revision_twin, name="revision_twin"),
    path(
        "revisions/<int:revision_id>/evidence/<uuid:uid>/",
        evidence.revision_evidence,
        name="revision_evidence",
    ),
    path("revisions/<int:revision_id>/publish/", publishing.revision_publish, name="revision_publish"),
    path(
        "revisions/<int:revision_id>/publish/cancel/",
        publishing.revision_publish_cancel,
        name="revision_publish_cancel",
    ),
    path(
        "revisions/<int:revision_id>/publish/test/",
        publishing.revision_publish_test,
        name="revision_publish_test",
    ),
    path(
        "revisions/<int:revision_id>/as-published/",
        publishing.revision_as_published,
        name="revision_as_published",
    ),
    path("revisions/<int:revision_id>/withdraw/", publishing.revision_withdraw, name="revision_withdraw"),
]

"""What is always true of reports, revisions, sign-offs and publications; constraints first."""

from reports.models.publication import Publication
from reports.models.report import Report, ReportSection, Signer
from reports.models.signoff import Revision, SignOff

__all__ = ["Publication", "Report", "ReportSection", "Revision", "SignOff", "Signer"]

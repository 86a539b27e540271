"""What is always true of plans, people and results; constraints first."""

from measures.models.agency import Agency, Unit
from measures.models.assessment import AssessmentItem
from measures.models.job import Job
from measures.models.letter import Letter
from measures.models.people import Absence, Appointment, ChainLink, Person, Position, RoleGrant
from measures.models.plan import Measure, MeasureGroup, Ownership, Period, Plan, Step
from measures.models.receipt import Receipt
from measures.models.result import Evidence, Outcome, QuarterlyResult
from measures.models.tally import Tally

__all__ = [
    "Absence",
    "Agency",
    "Appointment",
    "AssessmentItem",
    "ChainLink",
    "Evidence",
    "Job",
    "Letter",
    "Measure",
    "MeasureGroup",
    "Outcome",
    "Ownership",
    "Period",
    "Person",
    "Plan",
    "Position",
    "QuarterlyResult",
    "Receipt",
    "RoleGrant",
    "Step",
    "Tally",
    "Unit",
]

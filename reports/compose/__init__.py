"""From the plan to the document as data: the only reader of ``measures`` for a report."""

from reports.compose.content import compose, compose_draft
from reports.compose.prefill import Draft, generated_sections, prefill

__all__ = ["Draft", "compose", "compose_draft", "generated_sections", "prefill"]

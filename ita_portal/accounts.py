"""How allauth fits the portal: nobody signs themselves up, and closed people stay out."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types, 2026-11
    """People come by invitation of their agency's administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

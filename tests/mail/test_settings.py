"""What ``EMAIL_URL`` means."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from ita_portal.env import MailServer, mail_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1", MailServer(("127.0.0.1", 25, "", ""), starttls=False, tls=False)),
        ("smtp://mail.go.th:2525/", MailServer(("mail.go.th", 2525, "", ""), starttls=False, tls=False)),
        (
            "smtp+tls://ita%40tuayang.go.th:p%2Fw@mail.go.th",
            MailServer(("mail.go.th", 587, "ita@tuayang.go.th", "p/w"), starttls=True, tls=False),
        ),
        ("smtps://a:b@mail.go.th", MailServer(("mail.go.th", 465, "a", "b"), starttls=False, tls=True)),
    ],
)
def test_the_address_of_the_mail_server(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


@pytest.mark.parametrize(
    "url", ["mail.go.th", "http://a:hunter2@mail.go.th", "smtp://", "smtp://a:hunter2@b:x", "smtps://a/b"]
)
def test_a_wrong_address_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        mail_server(url)
    assert "hunter2" not in str(refused.value)
    assert "smtp+tls://user:password@" in str(refused.value)

"""What a page costs that does nothing but write: Django without middleware, inserting one row in a transaction.

The database is a file beside the portal's, opened in the same way.
"""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="bare",
    MIDDLEWARE=[],
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(os.environ["ITA_DATA_DIR"]) / "bare.sqlite3"),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
            },
        }
    },
)
django.setup()


class Row(models.Model):
    """Somebody said something at some time."""

    name = models.CharField(max_length=200)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "bare"


@transaction.atomic
def _write(words: str) -> Row:
    row = Row(name="ผู้ลงนาม", words=words, at=timezone.now())
    row.save(force_insert=True)
    return row


def insert(request: HttpRequest) -> HttpResponse:
    """Insert one row of what was posted."""
    row = _write(request.POST.get("words", ""))
    return HttpResponse(str(row.pk))


urlpatterns = [path("", insert)]
application = get_wsgi_application()
with connection.cursor() as cursor:
    there = Row._meta.db_table in connection.introspection.table_names(cursor)
if not there:
    with connection.schema_editor() as editor:
        editor.create_model(Row)
connection.close()

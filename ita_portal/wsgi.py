"""What the WSGI server imports."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_portal.settings")

application = get_wsgi_application()

from ita_portal.start import refuse_open_trail  # noqa: E402 -- it needs the models

refuse_open_trail()
connections.close_all()  # the server's processes begin after this, and share no connection

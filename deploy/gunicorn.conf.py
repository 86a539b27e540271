"""How gunicorn serves the portal: on the loopback address, behind a reverse proxy when the world may come."""

import os

from gunicorn.arbiter import Arbiter

_port = os.environ.get("PORT") or "8000"

bind = [f"127.0.0.1:{_port}"]
# Two processes for two cores, threads for the time that pages wait for the database and the disk.
worker_class = "gthread"
workers = 2
threads = 8
# Loads the portal once, before the workers: they share its memory, and a mistake in a setting stops the start.
preload_app = True

# A report of a large town takes seconds to draw, an upload over a slow line longer; neither takes a minute of silence.
timeout = 60
graceful_timeout = 20
keepalive = 5
limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190

# Only a proxy on this machine is believed when it says how a request came.
forwarded_allow_ips = "127.0.0.1,::1"
control_socket_disable = True
loglevel = "warning"


def when_ready(server: Arbiter) -> None:
    """Say where to look, once somebody would answer."""
    public = os.environ.get("PUBLIC_URL")
    print(f"\nhttp://localhost:{_port}{f' (public: {public})' if public else ''}\nCtrl-C stops.", flush=True)

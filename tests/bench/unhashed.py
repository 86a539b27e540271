"""The portal's settings with passwords that cost nothing to check: what is measured is everything else."""

from ita_portal.settings import *  # noqa: F403 -- the same settings, but one

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

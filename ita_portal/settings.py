"""The portal's one settings module: the same code in earnest, in the demonstration and in the tests."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import bootstrap_wrapper
import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from ita_portal import env

django_stubs_ext.monkeypatch()  # so that ModelChoiceField[Unit] is written as it is typed

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.data_dir(BASE_DIR / "var")
# A font of this machine to print documents in, by its family or a file of it; the packaged Sarabun if empty.
DOCUMENT_FONT = (os.environ.get("ITA_DOCUMENT_FONT") or "").strip()
VERSION = (BASE_DIR / "ita_portal" / "VERSION").read_text().strip()

PORT = os.environ.get("PORT") or "8000"
PUBLIC_URL = env.public_url(f"http://localhost:{PORT}")
_public = urlsplit(PUBLIC_URL)
PUBLIC_HOST = _public.hostname or "localhost"

SECRET_KEY = env.secret_key(DATA_DIR)
DEBUG = False
ALLOWED_HOSTS = [PUBLIC_HOST, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "ita_portal",
    "reports",
    "measures",
    "audit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before all that may refuse a request: the page of a refusal has its headers too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ita_portal.middleware.say_what_is_wrong",
    "ita_portal.middleware.refuse_unreadable",
    "django.middleware.common.CommonMiddleware",
    "ita_portal.middleware.public_first",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ita_portal.middleware.note_last_seen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "ita_portal.urls"
WSGI_APPLICATION = "ita_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ita_portal.menu.menu",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a writer waits for its turn at BEGIN instead of failing half-way; FULL: what was
        # acknowledged survives a power cut (a sixth of the throughput, right for what is signed).
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
    }
    # A file, as in earnest: a database in memory shares one cache, where two writers fail instead of waiting.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
elif DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL: only sqlite:// and postgres:// are supported")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "measures.Person"
AUTHENTICATION_BACKENDS = ["ita_portal.accounts.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "ita_portal.passwords.UnlikeThePerson",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": "ita_portal.passwords.MinimumLength", "OPTIONS": {"min_length": 10}},
    {"NAME": "ita_portal.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_ADAPTER = "ita_portal.accounts.Adapter"
ACCOUNT_FORMS = {
    "login": "ita_portal.account_forms.LoginForm",
    "change_password": "ita_portal.account_forms.ChangePasswordForm",
    "reset_password": "ita_portal.account_forms.ResetPasswordForm",
    "reset_password_from_key": "ita_portal.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "ita_portal.account_forms.ReauthenticateForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Of the person alone: allauth's own keeps a second list of addresses, where an old one would go on working.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 -- a class, 2026-11
# A whole town hall signs in from one address. Wrong passwords are counted by ita_portal.accounts.Adapter, 5 in five
# minutes and 20 an hour; wrong codes of a second factor here, of each person.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "5/5m/key,20/h/key",
    "reset_password": "20/m/ip,60/h/ip,5/h/key",
}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
CACHES = {"default": {"BACKEND": "ita_portal.shared_cache.SharedCache"}}
if os.environ.get("BEHIND_PROXY"):
    # The last address of X-Forwarded-For is the one that the proxy saw; those before it are what the client claims.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
MFA_ADAPTER = "ita_portal.accounts.SecondFactors"
MFA_FORMS = {
    "authenticate": "ita_portal.account_forms.AuthenticateForm",
    "reauthenticate": "ita_portal.account_forms.ReauthenticateByCodeForm",
    "activate_totp": "ita_portal.account_forms.ActivateTOTPForm",
    "add_webauthn": "ita_portal.account_forms.AddPasskeyForm",
    "edit_webauthn": "ita_portal.account_forms.EditPasskeyForm",
    "authenticate_webauthn": "ita_portal.account_forms.AuthenticateByPasskeyForm",
    "login_webauthn": "ita_portal.account_forms.LoginByPasskeyForm",
    "reauthenticate_webauthn": "ita_portal.account_forms.ReauthenticateByPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey knows its person by finger, face or PIN: so it is both factors at once.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _public.scheme == "http"
MFA_TOTP_ISSUER = "ITA Portal"
MFA_TOTP_TOLERANCE = 1  # a phone's clock, and fingers, may be half a minute late
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are the administrator's to enter
# Whether the portal's own administrators must have a second factor; for a town's roles its administrator says.
PORTAL_SECOND_FACTOR = (os.environ.get("ITA_PORTAL_SECOND_FACTOR") or "no").lower() in ("yes", "1", "true")
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "ita_portal.views.csrf_failure"
_https = _public.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = [
    # The demonstration is served over plain http on the loopback address; PUBLIC_URL=https://… turns these on.
    *([] if _https else ["security.W004", "security.W008", "security.W012", "security.W016"]),
    # Sub-domains of a town's site are not ours to promise for.
    "security.W005",
    "security.W021",
    # The PDF is shown in a frame beside its form, on the same origin only.
    "security.W019",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย")]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = "ita_portal.formats"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
WEB_FONTS_DIR = DATA_DIR / "fonts" / "web"
WEB_FONTS_DIR.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [
    BASE_DIR / "static",
    ("bootstrap", Path(bootstrap_wrapper.get_bootstrap_dir())),
    ("fonts", WEB_FONTS_DIR),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_PERMISSIONS = 0o600

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Work after the answer: letters, seals. The queue is a table; manage.py run_worker works it off.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# The agencies' certificates for sealing, what opens them, and who stamps the time (docs/sealing.md).
SEAL_DIR = Path(os.environ.get("ITA_SEAL_DIR") or DATA_DIR / "seals")
SEAL_PASSPHRASES = env.seal_passphrases()
TSA_URL = env.tsa_url()

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
if os.environ.get("EMAIL_URL"):
    _mail = env.mail_server(os.environ["EMAIL_URL"])
    EMAIL_BACKEND, EMAIL_TIMEOUT = "django.core.mail.backends.smtp.EmailBackend", 10
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.address
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starttls, _mail.tls
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or f"ita@{PUBLIC_HOST}"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # What it finds wrong with a file is told as a verdict (reports/seal/checking.py).
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
    },
}

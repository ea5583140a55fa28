"""Settings, all from the environment. What has no safe default is missing on purpose: then starting fails with a hint.

| variable | meaning |
|---|---|
| ACCORD_DATA | folder for the database and uploads (default: `data` where the command is started) |
| ACCORD_DATABASE_URL | `sqlite:///path` or `postgresql://user:password@host:port/name` (default: in ACCORD_DATA) |
| ACCORD_SECRET_KEY | signing key; needed to serve unless ACCORD_DEMO is set |
| ACCORD_HOSTS | host names the site answers to, separated by commas (default: loopback only) |
| ACCORD_PROXIES | addresses of web servers in front whose X-Forwarded-For is believed (default: loopback) |
| ACCORD_DISTRICT | the name of the district, shown on every page and report |
| ACCORD_DEMO | `1`: the demo district, sign-in by choosing a person, loopback only |
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF

BASE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("ACCORD_DATA", "data")).resolve()
DEMO = os.environ.get("ACCORD_DEMO") == "1"
DEBUG = False
DISTRICT = "Sierra Vista Unified" if DEMO else os.environ.get("ACCORD_DISTRICT", "").strip()

SECRET_KEY = os.environ.get("ACCORD_SECRET_KEY", "")
if not SECRET_KEY:
    if not DEMO:
        raise SystemExit(
            "ACCORD_SECRET_KEY is not set.\nSet it to a long random string, or ACCORD_DEMO=1 for the demo."
        )
    SECRET_KEY = "the demo district is open to whoever sits at this machine"  # noqa: S105 - loopback only

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = LOOPBACK if DEMO else os.environ.get("ACCORD_HOSTS", ",".join(LOOPBACK)).split(",")


def database(url: str) -> dict[str, object]:
    """Django's settings for a database given as a URL."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path.removeprefix("/") if not parts.path.startswith("//") else parts.path[1:],
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000",
            },
        }
    if parts.scheme in ("postgresql", "postgres"):
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.get("host", parts.hostname or ""),
            "PORT": query.get("port", str(parts.port or "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise SystemExit(
        f"ACCORD_DATABASE_URL: {parts.scheme!r} is not a database Accord knows.\nUse sqlite: or postgresql:."
    )


DATABASES = {"default": database(os.environ.get("ACCORD_DATABASE_URL", f"sqlite:///{DATA / 'accord.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "accord.web.reports",
    "accord.web.controls",
    "accord.web.immigration",
    "accord.web.records",
    "accord.web.interactions",
    "accord.web.policies",
    "accord.web.duties",
    "accord.web.students",
    "accord.web.people",
    "accord.web.audit",
    "accord.web.base",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "accord.web.base.gate.Gate",
    "accord.web.base.middleware.Clock",
    "accord.web.people.middleware.Session",
    "accord.web.people.middleware.OwnPassword",
    "accord.web.people.middleware.Permission",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "accord.web.urls"
WSGI_APPLICATION = "accord.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accord.web.people.context.shell",
                "accord.web.base.context.district",
                "accord.web.duties.context.alerts",
            ],
            "builtins": ["accord.web.base.templatetags.accord"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# People
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "controls:front_page"
LOGOUT_REDIRECT_URL = "controls:front_page"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "accord.web.people.lockout.Limits"
AXES_USERNAME_CALLABLE = "accord.web.people.lockout.username"
AXES_CLIENT_IP_CALLABLE = "accord.web.people.lockout.address"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
FAILURES_PER_ADDRESS = FAILURES_PER_NAME = 50
TRUSTED_PROXIES = [] if DEMO else os.environ.get("ACCORD_PROXIES", "127.0.0.1,::1").split(",")
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accord.web.people.session_views.locked_out"
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "seal", "carried"]  # nothing typed is kept with a failure

# Sessions: fifteen minutes idle, twelve hours in all (people/middleware.py)
SESSION_COOKIE_AGE = 15 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accord.web.people.lost_views.csrf_failure"
if not DEMO:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],  # the one script there is: docs/adr/0009
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
    }
}

# Language, time, files
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE / "base" / "locale"]
FORMAT_MODULE_PATH = "accord.web.base.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Los_Angeles"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LARGEST_REQUEST = 21 * 1024 * 1024  # the largest policy document, 20 MB, with what a form puts around it
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a contact of twenty people has some 2000
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

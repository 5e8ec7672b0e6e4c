"""All settings. Every value that differs between installations is an environment variable, read in `base.env`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from genlyd import __version__
from genlyd.base import env
from genlyd.base.home import database_url, genlyd_home
from genlyd.config import keys

PACKAGE = Path(__file__).resolve().parent.parent
HOME = genlyd_home()
VERSION = __version__

# --- who may ask, and how the site is reached -------------------------------------------------------------
DEBUG = env.flag(
    "GENLYD_DEBUG", False, help="Development mode: tracebacks, catalogue page. Never in production."
)
URL = env.text(
    "GENLYD_URL", "http://localhost:8000", help="Where people reach Genlyd, as they type it."
).rstrip("/")
LINK_URL = env.text(
    "GENLYD_LINK_URL",
    "http://localhost:8001",
    help="Where short links are reached: a short domain of your own.",
).rstrip("/")
_host = URL.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
ALLOWED_HOSTS = [
    _host,
    "localhost",
    "127.0.0.1",
    *env.words("GENLYD_HOSTS", help="Further host names the site may be asked by."),
]
SECURE = URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [URL]

_keys = keys.load(
    HOME,
    env.secret(
        "GENLYD_SECRET_KEYS",
        help="Secret keys, newest first, separated by commas; made and kept in GENLYD_HOME when unset.",
    ),
)
SECRET_KEYS = _keys
SECRET_KEY = _keys[0]
SECRET_KEY_FALLBACKS = _keys[1:]
GENLYD_KEYS = [keys.fernet_key(key) for key in _keys]

# --- what it is made of -----------------------------------------------------------------------------------
AREAS = [
    "base", "ui", "people", "notifications", "networks", "links", "programmes", "rules", "content", "plan",
    "sharing", "measurement", "evaluation", "home",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
    "csp",
    *[f"genlyd.{area}" for area in reversed(AREAS)],
]
MIDDLEWARE = [
    "genlyd.config.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "genlyd.people.middleware.MemberMiddleware",
    "genlyd.links.own.OwnBrowserMiddleware",
]
ROOT_URLCONF = "genlyd.config.urls"
WSGI_APPLICATION = "genlyd.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before all apps: our sign-in pages stand in for allauth's.
        "DIRS": [PACKAGE / "people" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "genlyd.ui.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "genlyd.ui.templatetags.ui",
            ],
        },
    }
]

# What the pages' frame shows of an organisation: ui does not know organisations.
UI_HOUSE = "genlyd.people.house.house_of"

# --- data -------------------------------------------------------------------------------------------------
_dsn = conninfo_to_dict(database_url())
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _dsn.pop("dbname", "genlyd"),
        "USER": _dsn.pop("user", ""),
        "PASSWORD": _dsn.pop("password", ""),
        "HOST": _dsn.pop("host", ""),
        "PORT": str(_dsn.pop("port", "")),
        # What else the address says (sslmode, target_session_attrs, ...) is passed on to libpq.
        "OPTIONS": {**_dsn, "pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
        "CONN_HEALTH_CHECKS": True,
    }
}
if "pytest" in sys.modules:  # a pool would hold connections to a test database that is to be dropped
    DATABASES["default"]["OPTIONS"] = _dsn
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The rate limits count here. Django keeps 300 entries unless told otherwise, and forgets at random beyond: whoever
# filled it with sign-ins of made-up people would set the count of a real one back.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "genlyd_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "genlyd.ui.storage.HashedStaticFiles"},
}
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

# --- signing in -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_RESEND_COUNT = 2
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Mail to addresses that have no account here would let anybody write to anybody in our name.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
# On top of allauth's own (10 failed sign-ins a minute and address, 5 in 5 minutes and account, and so on).
# Each press of "join" mails somebody:
ACCOUNT_RATE_LIMITS = {"genlyd_join": "20/m/ip,5/15m/key"}
ACCOUNT_ADAPTER = "genlyd.people.adapter.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "genlyd.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

# --- safe by default --------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "upgrade-insecure-requests": SECURE,
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "genlyd.config.errors.form_expired"
BEHIND_PROXY = env.flag(
    "GENLYD_BEHIND_PROXY",
    False,
    help="A reverse proxy in front sets X-Forwarded-Proto and X-Forwarded-For, and drops what visitors send of them.",
)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Rate limits count the visitor's address, not the proxy's.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
METRICS_TOKEN = env.secret(
    "GENLYD_METRICS_TOKEN", help="Token that /metrics asks for; without one it answers this machine only."
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# --- languages --------------------------------------------------------------------------------------------
LANGUAGE_CODE = env.choice(
    "GENLYD_LANGUAGE", "en", ("en", "da"), help="Language of people who have not chosen one."
)
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
USE_I18N = USE_TZ = True
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- mail -------------------------------------------------------------------------------------------------
# Every mail is a row first and leaves through the worker: see genlyd.notifications.
EMAIL_BACKEND = "genlyd.notifications.outbox.OutboxBackend"
SMTP_HOST = env.text(
    "GENLYD_SMTP_HOST", help="Mail server. While it is unset, mail is kept and shown to administrators."
)
SMTP_PORT = env.number("GENLYD_SMTP_PORT", 587, least=1, most=65535, help="Port of the mail server.")
SMTP_USER = env.text("GENLYD_SMTP_USER", help="User name at the mail server.")
SMTP_PASSWORD = env.secret("GENLYD_SMTP_PASSWORD", help="Password at the mail server.")
SMTP_SECURITY = env.choice(
    "GENLYD_SMTP_SECURITY", "starttls", ("starttls", "tls", "none"), help="Encryption to the mail server."
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "GENLYD_MAIL_FROM", f"Genlyd <genlyd@{_host}>", help="Sender of all mail."
)

# --- clicks -----------------------------------------------------------------------------------------------
CLICKS_KEPT_MONTHS = env.number(
    "GENLYD_CLICKS_KEPT_MONTHS", 25, most=1200,
    help="Whole months that single clicks are kept; what was counted of them stays. 0: for ever.",
)  # fmt: skip

# --- outgoing requests ------------------------------------------------------------------------------------
# Tests and intranets only: hosts that outgoing requests may reach although their address is private.
PRIVATE_HOSTS_ALLOWED = env.words(
    "GENLYD_PRIVATE_HOSTS_ALLOWED", help="Private hosts (host:port) that feeds and previews may fetch."
)
DNS_SERVER = env.text(
    "GENLYD_DNS_SERVER", help="Name server (host:port) that is asked about organisations' own link domains."
)
NETWORK_ADDRESSES = env.pairs(
    "GENLYD_NETWORK_ADDRESSES",
    help="Where networks are reached instead of at their own addresses, as `linkedin=https://proxy.example`.",
)
FIGURES_KEPT_DAYS = env.counts(
    "GENLYD_FIGURES_KEPT_DAYS",
    help="Days that figures a network told about a person's posts are kept, as `linkedin=90`.",
)
DEMO = env.flag("GENLYD_DEMO", False, help="Set by `genlyd demo`: shows the page where one picks who to be.")
if DEMO:
    LOGIN_URL = "demo:pick"

LOG_FORMAT = env.choice(
    "GENLYD_LOG", "text" if DEBUG else "json", ("json", "text"), help="How logs are written."
)
LOGGING_CONFIG = "genlyd.config.logs.configure"
LOGGING = {"format": LOG_FORMAT}
PROCRASTINATE_ON_APP_READY = "genlyd.config.recurring.register"
#: The e-mail is unique without regard to case: a constraint Django's check does not recognise.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

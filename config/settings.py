"""Every setting, read from the environment here and nowhere else."""

import os
from datetime import timedelta
from pathlib import Path

from config import tracing
from config.database_url import build_database
from config.demo import require_loopback
from config.logs import build_logging
from config.mail import read_mail
from config.policy import build_policy
from config.rates import read_rate
from config.secret_key import find_field_keys_file, find_secret_key


def _text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def _secret(name: str, default: str = "") -> str:
    """Read what nobody else may know: as it stands, or from the file that NAME_FILE names."""
    path = _text(f"{name}_FILE")
    return Path(path).read_text(encoding="utf-8").strip() if path else _text(name, default)


def _flag(name: str) -> bool:
    return _text(name).lower() in {"1", "true", "yes", "on"}


def _list(name: str, default: str) -> list[str]:
    return [item.strip() for item in _text(name, default).split(",") if item.strip()]


# -- where and how ---------------------------------------------------------------------------------
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(_text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
DEMO = _flag("DEMO")
DEBUG = _flag("DEBUG")
PORT = int(_text("PORT", "8000"))
SECRET_KEY = find_secret_key(_secret("SECRET_KEY"), DEMO, VAR_DIR)
# What single fields are sealed with (`accounts/sealing.py`): `id:base64` entries, the first one seals.
FIELD_KEYS = _text("FIELD_KEYS")
FIELD_KEYS_FILE = find_field_keys_file(_text("FIELD_KEYS_FILE"), DEMO and not FIELD_KEYS, VAR_DIR)
ALLOWED_HOSTS = _list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _list("TRUSTED_ORIGINS", "")
# Browsers reach us by TLS only, which a proxy before us ends.
HTTPS = _flag("HTTPS")
require_loopback(DEMO, ALLOWED_HOSTS)

# -- the city, the roads, the clock -----------------------------------------------------------------
CITY = _text("CITY", "monaco")
# What a city without a seed of its own is told of its country; empty: found by where it lies.
CITY_REGION = {
    "time_zone": _text("CITY_TIME_ZONE"),
    "currency": _text("CITY_CURRENCY"),
    "locale": _text("CITY_LOCALE"),
    "vat_bp": _text("CITY_VAT_BP"),
    "mean_grade_pm": _text("CITY_MEAN_GRADE_PM"),
}
# The demo city lives where it always did; every other has a database and a world of its own beside it.
WORLD_FILE = VAR_DIR / "world.json" if CITY == "monaco" else VAR_DIR / "worlds" / CITY / "world.json"
EXTRACT_MAX_MB = int(_text("EXTRACT_MAX_MB", "300"))
# One data set in this machine's memory, a folder of files, or servers of roads: http://osrm-{profile}:5000
ROADS_DATASET = _text("ROADS_DATASET", _text("OSRM_URL"))
SPEED = float(_text("SPEED", "10" if DEMO else "1"))
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

# -- the app ----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "accounts",
    "dispatch",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Its lookups by likeness of words.
    "django.contrib.postgres",
    "rest_framework",
    "knox",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "channels",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
]
MIDDLEWARE = [
    "config.calls.Calls",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.headers.PermissionsPolicy",
    "config.static_files.StaticFiles",
    "config.rate_limits.RateLimits",
    "dispatch.api.time_headers.TimeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- servers ----------------------------------------------------------------------------------------
DATABASE_URL = _secret("DATABASE_URL", "postgresql://voltrun@127.0.0.1:5432/voltrun")
DATABASES = {"default": build_database(DATABASE_URL, int(_text("DATABASE_POOL_MAX", "12")))}
REDIS_URL = _secret("REDIS_URL", "redis://127.0.0.1:6379/0")
# Two houses may share one server: every key and channel carries the house's own name.
REDIS_PREFIX = _text("REDIS_PREFIX", "voltrun")
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [{"address": REDIS_URL, "socket_connect_timeout": 1}],
            "prefix": f"{REDIS_PREFIX}:ws",
        },
    }
}

# -- work in the background -------------------------------------------------------------------------
CELERY_BROKER_URL = _secret("BROKER_URL", REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": f"{REDIS_PREFIX}:celery:", "socket_timeout": 5}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# Who nudges must not wait for a broker that is away: the sweep comes in a second anyway.
CELERY_TASK_PUBLISH_RETRY = False
# What a task did is in the database; nobody asks the broker.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# A killed worker's work comes back by lease and sweep, not by redelivery.
CELERY_TASK_ACKS_LATE = False
# The solver server is a child process: the prefork pool would refuse it.
CELERY_WORKER_POOL = "threads"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
# Nothing to remember between two starts, so no file of its own.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "dispatch.sweep", "schedule": 1.0, "options": {"expires": 2}},
    "risks": {"task": "dispatch.watch_risks", "schedule": 2.0, "options": {"expires": 2}},
    "roads": {"task": "dispatch.keep_roads", "schedule": 1.0, "options": {"expires": 2}},
    "roster": {"task": "dispatch.extend_roster", "schedule": 20.0, "options": {"expires": 20}},
    "arrivals": {"task": "dispatch.watch_arrivals", "schedule": 5.0, "options": {"expires": 5}},
    "learn": {"task": "dispatch.learn_arrivals", "schedule": 300.0, "options": {"expires": 300}},
    "trace": {"task": "dispatch.keep_trace", "schedule": 60.0, "options": {"expires": 60}},
    "purge": {"task": "dispatch.purge", "schedule": 3600.0, "options": {"expires": 3600}},
}

# -- the planner ------------------------------------------------------------------------------------
SOLVER_SECONDS = float(_text("SOLVER_SECONDS", "1"))
# So many quotes one web process works at together, and so long others wait their turn; beyond that they are
# turned away with 503 `overloaded`, before anything that was accepted suffers.
QUOTES_AT_ONCE = int(_text("QUOTES_AT_ONCE", "4"))
QUOTES_WAIT_S = float(_text("QUOTES_WAIT_S", "0.5"))
# And so long whoever accepts; longer than that nobody looks at a turning wheel.
ACCEPTS_WAIT_S = float(_text("ACCEPTS_WAIT_S", "5"))
# So long the fixes of many units wait to be written together; 0: not at all.
FIX_BUFFER_SECONDS = float(_text("FIX_BUFFER_SECONDS", "0.5"))
# So many days of a unit's trace are kept.
TRACE_DAYS = int(_text("TRACE_DAYS", "60"))
# Whether a simulated world is expected to speak up.
WORLD = _text("WORLD", "off").lower() not in {"off", "0", "no"}

# -- who --------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "accounts.hashers.LeanArgon2Hasher",
    # What was kept before: renewed at the next sign-in.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_TTL": timedelta(hours=24)}
LOGIN_URL = LOGIN_REDIRECT_URL = "/account/"
# `required`: who works for an operator has a second factor, or no role; else each operator says so itself.
STAFF_SECOND_FACTOR = _text("STAFF_SECOND_FACTOR", "optional")
# `closed`: drivers are made by whoever runs the house, as staff is by an invitation.
SIGN_UP = _text("SIGN_UP", "open")
INVITATION_HOURS = int(_text("INVITATION_HOURS", "72"))
# So long the link of a reset holds; one use ends it.
PASSWORD_RESET_TIMEOUT = int(_text("PASSWORD_RESET_MINUTES", "60")) * 60

# -- what the library of accounts is told -------------------------------------------------------------
HEADLESS_ONLY = True
HEADLESS_ADAPTER = "accounts.library.factors.Shown"
HEADLESS_CLIENTS = ("browser",)
# What follows the # is sent to no server: a link's secret stands in no log.
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "/account/verify#{key}",
    "account_reset_password": "/account/forgot",
    "account_reset_password_from_key": "/account/reset#{key}",
    "account_signup": "/account/",
}
ACCOUNT_ADAPTER = "accounts.library.mail.Mail"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_CHANGE_EMAIL = True
# A session somebody left open changes no address and no factor: the password is asked again.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Voltrun: "
ACCOUNT_USER_DISPLAY = "accounts.library.mail.name_person"
MFA_ADAPTER = "accounts.library.factors.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Every account was made by whoever runs the house, or through a letter that proved its address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Voltrun"
# A phone may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# A browser trusts its own machine without TLS; a demo answers there alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
# What it counts (tries, used codes) lies where accounts lie: signing in needs no other server.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_counted",
        "KEY_PREFIX": REDIS_PREFIX,
    }
}

# -- mail ---------------------------------------------------------------------------------------------
# Links in letters are secrets: without a server of mail they are kept in a demo alone, and never logged.
globals().update(read_mail(_secret("MAIL_URL"), VAR_DIR / "mail" if DEMO else None))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _text("MAIL_FROM", "Voltrun <no-reply@localhost>")

# -- the API ----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.Bearer", "accounts.authentication.Session"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["dispatch.api.parsing.JsonParser"],
    "DEFAULT_SCHEMA_CLASS": "dispatch.api.schema.Schema",
    "EXCEPTION_HANDLER": "dispatch.api.problems.problem_response",
    "COERCE_DECIMAL_TO_STRING": False,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# How often somebody may come. An address may be a whole office's; the server knows it, of proxies it trusts:
# a header anybody may write says nothing. A demo's whole town comes from one, and is measured with.
_DEMO_RATE = "60000/min" if DEMO else ""
RATES = {
    "address": read_rate(_text("ADDRESS_RATE", _DEMO_RATE or "3000/min")),
    "sockets": read_rate(_text("SOCKETS_RATE", _DEMO_RATE or "600/min")),
    "caller": read_rate(_text("CALLER_RATE", _DEMO_RATE or "600/min")),
    "quotes": read_rate(_text("QUOTES_RATE", _DEMO_RATE or "60/min")),
    "places": read_rate(_text("PLACES_RATE", "240/min")),
    # What is kept of a person, asked for or ended.
    "own_data": read_rate(_text("OWN_DATA_RATE", "20/h")),
    "sign_in": read_rate(_text("SIGN_IN_RATE", "20/min")),
    "sign_in_address": read_rate(_text("SIGN_IN_ADDRESS_RATE", "300/min")),
    # Letters to who wants an account: to one address, and asked for from one.
    "sign_up": read_rate(_text("SIGN_UP_RATE", "5/h")),
    "sign_up_address": read_rate(_text("SIGN_UP_ADDRESS_RATE", "60/h")),
    # Wrong passwords and codes for one account, wherever they come from: then it is shut for a while.
    "lock_out": read_rate(_text("LOCK_OUT_RATE", "20/h")),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Voltrun",
    "VERSION": "1",
    "DESCRIPTION": "Mobile-charger dispatch and routing.",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
}

# -- files ------------------------------------------------------------------------------------------
FRONTEND_DIST = Path(_text("FRONTEND_DIST", str(BASE_DIR / "frontend" / "dist"))).resolve()
STATIC_URL = "/static/"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}

# -- guard ------------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# The page reads this cookie to send its value back in a header.
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "dispatch.api.problems.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": build_policy(HTTPS)}
SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# Whoever watches the house stands behind the proxy, too.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^health$", r"^metrics$"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# -- who watches ------------------------------------------------------------------------------------
# Figures are for whoever brings the token; without one, for these networks, and never through a proxy.
METRICS_TOKEN = _secret("METRICS_TOKEN")
METRICS_NETWORKS = _list("METRICS_NETWORKS", "127.0.0.0/8,::1/128")
# Where traces go (OTLP over HTTP); empty: none are made, and nothing of it is imported.
TRACES_URL = _text("TRACES_URL")
TRACES_SHARE = float(_text("TRACES_SHARE", "0.1"))

# -- logs -------------------------------------------------------------------------------------------
LOGGING_CONFIG = None
build_logging(_text("LOG_LEVEL", "INFO"))
tracing.begin(TRACES_URL, TRACES_SHARE)

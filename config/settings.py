"""Every setting, from the environment where an operator may want another value.

BRANCHWISE_* name our own, DATABASE_URL, BROKER_URL and PUBLIC_URL what operators know already.
What the site makes by itself (database, media, queue, logs, secrets) lives in BRANCHWISE_VAR, by
default the git-ignored var/. docs/reference/settings.md lists them all.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.management.utils import get_random_secret_key

from config import environment as env
from foundation import logs
from foundation.secrets import read_or_create

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("BRANCHWISE_VAR", str(BASE_DIR / "var"))).resolve()
SECRETS_DIR = VAR_DIR / "secrets"
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- Who we are on the network -------------------------------------------------------------------
PORT = env.number("BRANCHWISE_PORT", 9100)
BIND = env.text("BRANCHWISE_BIND", "127.0.0.1")
PUBLIC_URL = env.text("PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
# The sandbox LMS is on another host name on purpose: for browsers localhost and 127.0.0.1 are two
# sites (ports do not count), so that the demo's frames live under the rules of a real LMS's.
SANDBOX_PORT = env.number("SANDBOX_PORT", 9200)
SANDBOX_URL = env.text("SANDBOX_URL", f"http://127.0.0.1:{SANDBOX_PORT}").rstrip("/")
WEB_PROCESSES = env.number("BRANCHWISE_WEB_PROCESSES", 2)
WEB_THREADS = env.number("BRANCHWISE_WEB_THREADS", 4)
DEBUG = env.flag("BRANCHWISE_DEBUG")
# Only `make run` turns the demo on: sign-ins with generated passwords, loopback allowed to outbound calls.
DEMO = env.flag("BRANCHWISE_DEMO")
SERVED_BY_HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = env.words("BRANCHWISE_HOSTS") or [urlsplit(PUBLIC_URL).hostname or "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECRET_KEY = env.text("BRANCHWISE_SECRET_KEY") or read_or_create(SECRETS_DIR / "django", get_random_secret_key)

# --- Apps ----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "lti",
    "learning",
    "authoring",
    "scenario_ai",
    "foundation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "foundation.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

MIDDLEWARE = [
    "foundation.middleware.RequestIdMiddleware",
    "foundation.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database ------------------------------------------------------------------------------------
# Connections are kept: opening one per request costs 25 times the reads on PostgreSQL.
DATABASE: dict[str, Any] = {
    **dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'branchwise.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE["OPTIONS"] = {
        # Score-bearing commits raise NORMAL to FULL: see foundation.durability.
        # IMMEDIATE takes the write lock at the start: a transaction never dies half-way of SQLITE_BUSY.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif pool_size := env.number("BRANCHWISE_POSTGRES_POOL", 0):
    DATABASE.update(CONN_MAX_AGE=0, CONN_HEALTH_CHECKS=False)
    DATABASE.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": pool_size}
# Behind PgBouncer in transaction mode, cursors must not outlive a transaction.
if env.flag("BRANCHWISE_PGBOUNCER"):
    DATABASE["DISABLE_SERVER_SIDE_CURSORS"] = True
DATABASES = {"default": DATABASE}

# --- Pages and languages -------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("ar", "العربية"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("pt-br", "Português (Brasil)"),
]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns when it is missing
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
FORMS_URLFIELD_ASSUME_HTTPS = True  # "models.example.org" means https; Django 6 does so by itself
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Uploads on their way in: no address ever serves them. Workers on other hosts need to see this folder too.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": VAR_DIR / "private",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # a scenario of 5,000 scenes is one 2 MB form field
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
IMPORT_FILE_DAYS = env.number("BRANCHWISE_IMPORT_FILE_DAYS", 14)  # an uploaded file is deleted after that

# --- Safety of pages (the Content-Security-Policy is foundation.csp) ------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_BY_HTTPS
SECURE_HSTS_SECONDS = env.number("BRANCHWISE_HSTS_S", 86_400 if SERVED_BY_HTTPS else 0)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if env.flag("BRANCHWISE_BEHIND_PROXY"):  # the proxy must set, never pass on, these headers
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "wagtailadmin_login"

# --- Logs ----------------------------------------------------------------------------------------
LOG_FORMAT = env.text("BRANCHWISE_LOG", "text")  # text or json
LOGGING = logs.configuration(LOG_FORMAT, env.text("BRANCHWISE_LOG_LEVEL", "INFO").upper())

# --- Wagtail -------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Branchwise"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # a designer's browser calls nobody but us
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_AUTOSAVE_INTERVAL = env.number("BRANCHWISE_AUTOSAVE_MS", 2000)
WAGTAIL_FINISH_WORKFLOW_ACTION = "authoring.approval.publish_approved"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- Work in the background ----------------------------------------------------------------------
# Rows are the record of what is to be done; a message only wakes a worker (docs: reliability).
WORK_KINDS = "config.work.KINDS"
BROKER_URL = env.text("BROKER_URL")
CELERY_BROKER_URL = BROKER_URL or "filesystem://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # the broker may be away for as long as it likes
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
# A hint that is lost costs a second, one that comes twice a look: none is acknowledged late or held for later, and no
# queue for commands is kept (kombu's files for their answers would never be deleted).
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
if not BROKER_URL:
    QUEUE_DIR = VAR_DIR / "queue"
    for name in ("messages", "control"):
        (QUEUE_DIR / name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
    }
elif BROKER_URL.startswith(("redis://", "rediss://")):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 10}

# --- Calls to other servers ----------------------------------------------------------------------
# Hosts ("moodle.internal" or "moodle.internal:8443") that may resolve to private addresses.
PRIVATE_HOSTS = env.words("BRANCHWISE_PRIVATE_HOSTS")
# Lets localhost and *.localhost be called, by http too. Only `make run` and tests turn it on.
ALLOW_LOOPBACK = env.flag("BRANCHWISE_ALLOW_LOOPBACK")

# --- Secrets and figures -------------------------------------------------------------------------
# Keys for secrets in rows, newest first; several hosts must share them. Otherwise var/secrets/fields.
FIELD_KEYS = env.words("BRANCHWISE_FIELD_KEYS")
METRICS_TOKEN = env.text("BRANCHWISE_METRICS_TOKEN")

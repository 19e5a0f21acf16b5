"""Every setting, from the environment where an operator may want another value.

BRANCHWISE_* name our own, DATABASE_URL, BROKER_URL and PUBLIC_URL what operators know already.
What the site makes by itself (database, media, queue, logs, secrets) lives in BRANCHWISE_VAR, by
default the git-ignored var/. docs/reference/settings.md lists them all.
"""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.management.utils import get_random_secret_key

from config import environment as env
from foundation.secrets import read_or_create

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("BRANCHWISE_VAR", str(BASE_DIR / "var"))).resolve()
SECRETS_DIR = VAR_DIR / "secrets"
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- Who we are on the network -------------------------------------------------------------------
PORT = env.number("BRANCHWISE_PORT", 9100)
PUBLIC_URL = env.text("PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
DEBUG = env.flag("BRANCHWISE_DEBUG")
# Only `make run` turns the demo on: sign-ins with generated passwords, loopback allowed to outbound calls.
DEMO = env.flag("BRANCHWISE_DEMO")
SERVED_BY_HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = env.words("BRANCHWISE_HOSTS") or [urlsplit(PUBLIC_URL).hostname or "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECRET_KEY = env.text("BRANCHWISE_SECRET_KEY") or read_or_create(
    SECRETS_DIR / "django", get_random_secret_key
)

# --- Apps ----------------------------------------------------------------------------------------
# A room is listed once its package exists, so that the house can be built room by room.
ROOMS = [room for room in ("lti", "learning", "authoring", "scenario_ai") if env.has_room(room)]
INSTALLED_APPS = [
    *ROOMS,
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
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "foundation.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

MIDDLEWARE = [
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
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'branchwise.sqlite3'}"), conn_max_age=600
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE takes the write lock at the start: a transaction never dies half-way of SQLITE_BUSY.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

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
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # a scenario of 5,000 scenes is one 2 MB form field
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- Wagtail -------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Branchwise"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # a designer's browser calls nobody but us
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_AUTOSAVE_INTERVAL = env.number("BRANCHWISE_AUTOSAVE_MS", 2000)
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

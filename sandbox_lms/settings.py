"""Django settings of the sandbox LMS, all from the environment. The site of Branchwise has its own."""

from sandbox_lms.environment import keep_secret, read_api_token, read_environment

ENVIRONMENT = read_environment()
SANDBOX_URL = ENVIRONMENT.url
SANDBOX_TOOL_URL = ENVIRONMENT.tool_url
SANDBOX_VAR = ENVIRONMENT.var
SANDBOX_ONE_CLICK = ENVIRONMENT.one_click
SANDBOX_API_TOKEN = read_api_token(ENVIRONMENT)

DEBUG = False
SECRET_KEY = keep_secret(ENVIRONMENT.var, "secret-key")
ALLOWED_HOSTS = sorted({ENVIRONMENT.host, "127.0.0.1", "localhost"})
CSRF_TRUSTED_ORIGINS = [SANDBOX_URL]

INSTALLED_APPS = ["sandbox_lms"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sandbox_lms.headers.SafeHeaders",
]
ROOT_URLCONF = "sandbox_lms.urls"
WSGI_APPLICATION = "sandbox_lms.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ENVIRONMENT.var / "sandbox.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            # A score is read, judged and written in one transaction: two at once must wait, not fail.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = "sandbox_lms_session"
CSRF_COOKIE_NAME = "sandbox_lms_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # a tool opened in a new window may talk to its opener
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

LANGUAGE_CODE = "en"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "sandbox_lms": {"handlers": ["console"], "level": "INFO"},
        "django": {"handlers": ["console"], "level": "ERROR"},
        "django.server": {"handlers": [], "propagate": False},
    },
}

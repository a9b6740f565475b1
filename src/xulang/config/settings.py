"""All settings, read from the environment; the embedded default is SQLite beside the stored files."""

import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("XULANG_DATA", ".var/site")).resolve()

DEBUG = False
# `xulang serve` makes a random key and keeps it in the data folder; without one nothing is signed that could be forged.
SECRET_KEY = os.environ.get("XULANG_SECRET_KEY", "")
if not SECRET_KEY and (key_file := DATA / "secret-key").is_file():
    SECRET_KEY = key_file.read_text("ascii").strip()

ALLOWED_HOSTS = os.environ.get("XULANG_HOSTS", "127.0.0.1,localhost").split(",")
# Behind TLS the office sets XULANG_HTTPS=1; the loopback demo has no TLS.
HTTPS = os.environ.get("XULANG_HTTPS") == "1"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
# Where people open the platform, for the links of letters that no page causes.
ADDRESS = os.environ.get("XULANG_ADDRESS", f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}").rstrip("/")
# Passkeys are bound to a domain. Unless it is named here they take the one in the address bar, where XULANG_HOSTS lists
# it by its whole name; the origins are the pages that may ask for them.
PASSKEY_DOMAIN = os.environ.get("XULANG_PASSKEY_DOMAIN", "")
PASSKEY_ORIGINS = os.environ.get("XULANG_PASSKEY_ORIGINS", f"https://{PASSKEY_DOMAIN}").split(",")

# Log-in by an OpenID Connect provider, where one is named.
OIDC_ISSUER = os.environ.get("XULANG_OIDC_ISSUER", "")
OIDC_CLIENT_ID = os.environ.get("XULANG_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("XULANG_OIDC_CLIENT_SECRET", "")
if not OIDC_CLIENT_SECRET and (secret_file := os.environ.get("XULANG_OIDC_CLIENT_SECRET_FILE")):
    OIDC_CLIENT_SECRET = Path(secret_file).read_text("utf-8").strip()
OIDC_LABEL = os.environ.get("XULANG_OIDC_LABEL") or urlsplit(OIDC_ISSUER).hostname or ""  # how people call it

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "xulang.plumbing",
    "xulang.organisation",
    "xulang.registry",
    "xulang.programme",
    "xulang.activities",
    "xulang.budget",
    "xulang.reporting",
    "xulang.office",
    "xulang.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xulang.office.compression.CompressedPages",
    "xulang.office.headers.ProtectiveHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "xulang.office.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # every page asks who, unless it says it need not
    "xulang.office.access.ReadingScope",
    "xulang.office.logins.DemandedFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "xulang.config.urls"
WSGI_APPLICATION = "xulang.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xulang.office.rail.page",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("XULANG_DATABASE_URL", f"sqlite:///{DATA / 'xulang.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a writer waits at once for the lock instead of failing half-way; WAL: readers never wait for it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # As on a disk without a turning arm: PostgreSQL's own 4 would read a whole table rather than some thousand rows.
    # No question of a page is long enough to be compiled first.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c random_page_cost=1.1 -c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisation.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    # 14 where there is no second factor: TCVN 14423:2026.
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "office:login"
LOGIN_REDIRECT_URL = "office:home"
LOGOUT_REDIRECT_URL = "office:login"
CSRF_FAILURE_VIEW = "xulang.office.desks.account.refused_form"

SESSION_ENGINE = "xulang.office.sessions"  # sessions that know whose they are, so that each can be listed and ended
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # a link that was mailed or handed over opens for three days, and once

# smtp://host:25, smtp+tls://user:secret@host:587 (STARTTLS) or smtps://user:secret@host:465
_smtp = urlsplit(os.environ.get("XULANG_SMTP_URL", ""))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _smtp.hostname or ""
EMAIL_PORT = _smtp.port or {"smtps": 465, "smtp+tls": 587}.get(_smtp.scheme, 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _smtp.scheme == "smtp+tls", _smtp.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("XULANG_MAIL_FROM", f"xulang@{ALLOWED_HOSTS[0]}")

# Jobs lie in the database that causes them. `django_tasks` has others (Redis), for who outgrows it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["xulang.config.formats"]
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
MEDIA_ROOT = DATA / "files"
WHITENOISE_USE_FINDERS = True  # straight from the package: nothing is collected, so nothing goes stale
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.woff2$"  # a face of type never changes under its name
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(MEDIA_ROOT)}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 40 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"masked": {"()": "xulang.config.logs.Masked"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "masked"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

XULANG_MAX_UPLOAD_MB = 25
# clamd's address, host:port or unix:/run/clamav/clamd.ctl; "none": the office does without, and its files are open,
# marked as not scanned; empty: nobody but who sent it opens a file.
CLAMD = os.environ.get("XULANG_CLAMD", "")

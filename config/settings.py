"""Every setting of the plant, driven by the environment (docs/operations.md lists the names)."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import env, identity
from config.schedule import BEAT_SCHEDULE, TASK_ROUTES
from config.subscriptions import JOURNAL_SUBSCRIPTIONS as JOURNAL_SUBSCRIPTIONS

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("ZHIZAO_VAR", str(BASE_DIR / "var")))
BACKUP_DIR = Path(env.text("BACKUP_DIR", str(VAR_DIR / "backups")))
EXCHANGE_DIR = Path(env.text("EXCHANGE_DIR", str(VAR_DIR / "exchange")))

DEBUG, DEMO, MODULES_OFF = env.flag("DEBUG"), env.flag("DEMO"), env.words("MODULES_OFF")
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
PIN_PEPPER = env.text("PIN_PEPPER", SECRET_KEY)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "demo",
    "integrations",
    "mes",
    "spc",
    "qms",
    "traceability",
    "plant",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger", "pghistory",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "channels",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "plant.web.middleware.ContentSecurityPolicy",
    "plant.web.middleware.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "plant.web.rates.RateLimit",
    "plant.web.middleware.SignInRequired",
    "plant.web.middleware.PersonLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "plant.web.middleware.RefusalToPage",
    "plant.web.favourites.RememberVisits",
    "plant.web.checking.FormChecks",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["plant.templatetags.zz", "django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "plant.web.context_processors.shell",
            ],
        },
    },
]

DATABASES = {
    "default": {
        **env.database(env.text("DATABASE_URL")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASES["default"]["OPTIONS"] |= {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CHANNEL_LAYERS = {
    "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}},
}
LIVE_URL = env.text("LIVE_URL", "")

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600, "socket_timeout": 5, "socket_connect_timeout": 3, "retry_on_timeout": True,
}
CELERY_TASK_ROUTES = TASK_ROUTES
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
CELERY_TIMEZONE = "UTC"

AUTH_USER_MODEL = "plant.Person"
AUTHENTICATION_BACKENDS = ["plant.web.backends.PersonBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("number", "name")},
    },
]
# The demonstration's printed logins must work; everywhere else these roles need an authenticator app.
SECOND_FACTOR_ROLES = frozenset(
    env.words("SECOND_FACTOR_ROLES", "" if DEMO else "ADMINISTRATOR,QUALITY_MANAGER,INTEGRATOR")
)
EMAIL_HOST, EMAIL_PORT = env.text("EMAIL_HOST", ""), env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.text("EMAIL_USER", ""), env.text("EMAIL_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_TIMEOUT = env.flag("EMAIL_TLS"), 5
DEFAULT_FROM_EMAIL, PUBLIC_URL = env.text("EMAIL_FROM", "zhizao@localhost"), env.text("PUBLIC_URL", "").rstrip("/")
SEALING_KEYS, PUSH_SERVICES = env.words("SEALING_KEYS"), env.words("PUSH_SERVICES")
SECOND_FACTOR_KEY, PUSH_SECRET = env.text("SECOND_FACTOR_KEY", PIN_PEPPER), env.text("PUSH_SECRET", SECRET_KEY)
# Requests a minute: of one API key, of one address at the doors, and of one address without a session. 0 is no limit.
API_PER_MINUTE = env.number("API_PER_MINUTE", 0 if DEMO else 12_000)
SIGN_INS_PER_MINUTE = env.number("SIGN_INS_PER_MINUTE", 0 if DEMO else 120)
STRANGERS_PER_MINUTE = env.number("STRANGERS_PER_MINUTE", 0 if DEMO else 600)
# Codes of customers' labels: keys as id:secret, the first signs; and the proxy's header with a scan's coarse place.
PUBLIC_CODE_KEYS, PLACE_HEADER = env.words("PUBLIC_CODE_KEYS"), env.text("PLACE_HEADER", "")
OIDC = identity.provider()
TABLETS_MUST_ENROL = env.flag("TABLETS_MUST_ENROL", not DEMO)
CSRF_FAILURE_VIEW = "plant.web.errors.form_is_old"
RECTIFICATION_HOURS, STATION_IDLE_MINUTES = env.number("RECTIFICATION_HOURS", 48), env.number("STATION_IDLE_MINUTES", 5)
SCANNER_PREFIX, SCANNER_SUFFIX = env.text("SCANNER_PREFIX", ""), env.text("SCANNER_SUFFIX", "")
SCANNER_SEPARATOR = env.text("SCANNER_SEPARATOR", "")
READINGS_RAW_DAYS, READINGS_KEEP_DAYS = env.number("READINGS_RAW_DAYS", 1), env.number("READINGS_KEEP_DAYS", 1100)
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "plant:login", "plant:home", "plant:login"
SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_SAMESITE = True, "Lax"
SESSION_HOURS = env.number("SESSION_HOURS", 12)
SESSION_HOURS_PRIVILEGED = env.number("SESSION_HOURS_PRIVILEGED", 10)
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", 30)
SESSION_IDLE_MINUTES_PRIVILEGED = env.number("SESSION_IDLE_MINUTES_PRIVILEGED", 15)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
BEHIND_TLS = env.flag("BEHIND_TLS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.flag("HSTS_SUBDOMAINS", BEHIND_TLS)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
UPLOAD_MEGABYTES, UPLOAD_MEGABYTES_A_DAY = env.number("UPLOAD_MEGABYTES", 20), env.number("UPLOAD_MEGABYTES_A_DAY", 500)
VIDEO_MEGABYTES, UPLOAD_SCANNER = env.number("VIDEO_MEGABYTES", 200), env.text("UPLOAD_SCANNER", "")

USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")
LANGUAGE_CODE = env.text("LANGUAGE_CODE", "zh-hans")
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_BACKEND = env.text("STATICFILES_BACKEND", "servestatic.storage.CompressedManifestStaticFilesStorage")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATICFILES_BACKEND},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["integrations.erp.authentication.ApiKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["integrations.erp.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "integrations.erp.problems.handler",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Zhizao 质造",
    "DESCRIPTION": "Quality and execution on one set of facts: orders in, progress out.",
    "VERSION": "1", "SCHEMA_PATH_PREFIX": "/api/v1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False, "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR", "SWAGGER_UI_FAVICON_HREF": "SIDECAR", "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "PartnerKindEnum": "plant.models.PartnerKind", "StoragePlaceKindEnum": "traceability.models.PlaceKind",
    },
}

SHADES = ("50", "100", "200", "300", "400", "500", "600", "700", "800", "900", "950")
UNFOLD = {
    "SITE_TITLE": "Zhizao 质造",
    "SITE_HEADER": "Zhizao 质造",
    "SITE_SUBHEADER": _("Master data and system"),
    "SITE_URL": "/",
    "SITE_ICON": "plant.web.console_site.icon",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": "plant.web.console_site.icon"}],
    "THEME": "plant.web.console_site.theme",
    "STYLES": ["plant.web.console_site.styles"],
    "SCRIPTS": ["plant.web.console_site.script"],
    "DASHBOARD_CALLBACK": "plant.web.console_site.index",
    "SIDEBAR": {"show_search": True, "navigation": "plant.web.console_site.navigation"},
    # The product's own blue (static/css/tokens.css), light to dark.
    "COLORS": {"primary": dict(zip(SHADES, (
        "#eef4fc", "#e6effa", "#c9def5", "#a3cdfa", "#77b4f5", "#4b90dd", "#1f5fae", "#174a8a", "#143d72", "#11325d",
        "#0b2241",
    ), strict=True))},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "recent": {"class": "plant.console.errors.RecentErrors", "level": "ERROR"},
    },
    "root": {"handlers": ["console", "recent"], "level": env.text("LOG_LEVEL", "INFO")},
}

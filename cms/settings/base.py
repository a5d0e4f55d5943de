"""Settings of the site that hold everywhere. The environment is read in this package and nowhere else."""

from email.utils import getaddresses
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

# Readers are told that the site is being worked on; the admin stays open.
MAINTENANCE = env.bool("MAINTENANCE", default=False)

INSTALLED_APPS = [
    "modeltranslation",  # must come first: it changes how models are loaded
    "cms",
    "reports",
    "plan_pages",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.api.v3",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail.search",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",  # its own static files for the API's docs page: no request leaves the site
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # Wagtail tells times with it; its texts are found only where it is installed
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "plan_pages.api.middleware.api_manners",
    "django.middleware.security.SecurityMiddleware",
    "cms.middleware.safety_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.maintenance",
    "cms.page_cache.page_cache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "cms.middleware.reader_preferences",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.middleware.PagesAround",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

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
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'site.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers and one writer at a time, side by side; a writer waits instead of failing.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Without Redis each process keeps pages of its own; a compressed page takes about 10 kB.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
}
if redis_url := env.str("REDIS_URL", default=""):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url}}
# Pages that nobody asks for any more leave the cache then; what is kept is never stale, however long.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=24 * 60 * 60)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"

LANGUAGE_CODE = "lt"
LANGUAGES = [("lt", _("Lithuanian")), ("en", _("English"))]
# Our own texts, then the Lithuanian for what Wagtail and the packages beside it say: the first that has a text wins.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = "Europe/Vilnius"
USE_TZ = True
# A city has one: nobody is asked for theirs, in English names.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField",)
# A text that a page lacks in one language is shown in the default one, and marked so.
MODELTRANSLATION_FALLBACK_LANGUAGES = (LANGUAGE_CODE,)

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))

# Reports lie where no web server serves them: each download is asked for at the site.
REPORTS_ROOT = Path(env.str("REPORTS_ROOT", default=str(VAR_DIR / "reports")))
REPORTS_STORAGE = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": REPORTS_ROOT, "base_url": None},
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "reports": REPORTS_STORAGE,
}

# Who does the work: `immediate`, the process of `run_due` itself; `database`, any number of `db_worker`s; `rq`, RQ
# workers on Redis. Tasks of Wagtail go the same way.
TASK_QUEUE = env.str("TASK_QUEUE", default="immediate")
match TASK_QUEUE:
    case "immediate":
        TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    case "database":
        INSTALLED_APPS.append("django_tasks_db")
        TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    case "rq":
        INSTALLED_APPS.append("django_rq")
        TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend"}}
        # Longer than any report takes; what hangs longer is taken up again by the scheduler.
        RQ_QUEUES = {"default": {"URL": redis_url or "redis://127.0.0.1:6379/0", "DEFAULT_TIMEOUT": 3600}}
    case _:
        raise ImproperlyConfigured(f"TASK_QUEUE is immediate, database or rq, not “{TASK_QUEUE}”.")

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)
# Who hears by mail that a report could not be made: "Name <address>, …". Without any, the coordinators do.
ADMINS = getaddresses([env.str("ADMINS", default="")]) if env.str("ADMINS", default="") else []
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")

WAGTAIL_SITE_NAME = _("Strategic plan")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("lt", _("Lithuanian")), ("en", _("English"))]
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # so that private collections stay private
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "docx", "doc", "odt", "rtf", "txt", "xlsx", "xls", "ods", "csv", "pptx", "ppt", "odp"),
    *("jpg", "jpeg", "png", "zip", "adoc", "asice"),
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILAPI_LIMIT_MAX = 100  # as the lists of the plan
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea"}}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# A chapter of 300 measures with indicators and milestones is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000

# What is taken from citizens in public consultations: see plan_pages/citizens/limits.py. The number of proxies before the
# site says which address a sender has; the page says what becomes of personal data.
PLAN_CONSULTATIONS = {"proxies": env.int("PROXIES", default=0), "privacy_page": "privatumas-ir-slapukai"}

# What catalogues of open data are told beside what the plan says of itself: see plan_pages/linked_data/terms.py. The place
# is Kaunas, as Geonames knows it.
PLAN_OPEN_DATA = {"place": "https://sws.geonames.org/598316/"}

# On what terms others use the API: see plan_pages/api/terms.py.
PLAN_API = {
    "origins": env.list("API_ORIGINS", default=[]),
    "anonymous": env.str("API_ANONYMOUS", default="300/minute"),
    "token": env.str("API_TOKEN", default="1200/minute"),
}

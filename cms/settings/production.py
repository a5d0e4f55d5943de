"""Settings for a public site. Refuses to start when something that has no safe default is missing."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *

_needed = ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "MEDIA_ROOT", "REPORTS_ROOT", "EMAIL_URL")
if _missing := [name for name in _needed if not env.str(name, default="")]:
    raise ImproperlyConfigured(f"Set in the environment: {', '.join(_missing)}.")

# A thread keeps its connection from one request to the next: opening one takes as long as a small page.
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=3600)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

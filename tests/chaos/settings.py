"""The site in a storm: everything that waits in earnest waits for seconds here."""

from cms.settings.base import *

SECRET_KEY = "for tests only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ADMINS = []
EMAIL_TIMEOUT = 1
WORK_LEASE = 6
WORK_WAITS = [0.5, 1, 2]
# Nothing but the storm makes work fail here, and it may strike one report many times.
WORK_ATTEMPTS = 100
REPORTS_MOST_BEGUN = 24
LOGGING = {"version": 1, "disable_existing_loggers": False, "loggers": {"mail.log": {"level": "CRITICAL"}}}

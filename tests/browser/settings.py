"""The settings of a public site, on loopback: no encryption there."""

from cms.settings.production import *

SECURE_HSTS_SECONDS = 0

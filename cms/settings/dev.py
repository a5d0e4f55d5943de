"""Settings for a laptop and for the demonstration: works with nothing set."""

from cms.settings.base import *

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = SECRET_KEY or "for development only, never for a site that others reach"

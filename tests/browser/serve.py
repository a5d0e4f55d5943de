"""`python -m tests.browser.serve`: serve the site at a free port of loopback, and say which."""

import logging

from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


def serve() -> None:
    application = get_wsgi_application()
    logging.getLogger("django.server").setLevel(logging.ERROR)
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    address = f"http://127.0.0.1:{server.server_port}"
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = address
    settings.CSRF_TRUSTED_ORIGINS = [address]
    tell(server.server_port)
    server.set_app(application)
    server.serve_forever()


def tell(port: int) -> None:
    """Wagtail's site has the port in its address, and with it every link of the pages."""
    from wagtail.models import Site

    Site.objects.update(hostname="127.0.0.1", port=port)
    print(port, flush=True)


if __name__ == "__main__":
    serve()

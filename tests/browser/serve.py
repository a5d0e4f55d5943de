"""`python -m tests.browser.serve`: serve the site at a free port of loopback, and say which.

Each answer names the templates that it was made of (`X-Templates`), so that a test can tell which of them nobody looked at.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.template import Template
from django.test.signals import template_rendered
from django.test.utils import instrumented_test_render

HEADER = "X-Templates"
_used = threading.local()


def note(template: Template, **_others: Any) -> None:
    if template.name and template.name not in _used.names:
        _used.names.append(template.name)


def naming_templates(application: Callable[..., Any]) -> Callable[..., Any]:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        _used.names = []

        def begin(status: str, headers: list[tuple[str, str]], *others: Any) -> Any:
            return start(status, [*headers, (HEADER, " ".join(_used.names))], *others)

        return application(environ, begin)

    return answer


def serve() -> None:
    application = naming_templates(get_wsgi_application())
    template_rendered.connect(note)
    logging.getLogger("django.server").setLevel(logging.ERROR)
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    address = f"http://127.0.0.1:{server.server_port}"
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = address
    settings.CSRF_TRUSTED_ORIGINS = [address]
    tell(server.server_port)
    server.set_app(application)
    with patch.object(Template, "_render", instrumented_test_render):
        server.serve_forever()


def tell(port: int) -> None:
    """Wagtail's site has the port in its address, and with it every link of the pages."""
    from wagtail.models import Site

    Site.objects.update(hostname="127.0.0.1", port=port)
    print(port, flush=True)


if __name__ == "__main__":
    serve()

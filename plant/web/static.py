"""The files that come with the product: served before Django sees the request, and kept by browsers as long as safe."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from servestatic import ServeStatic

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
# collectstatic puts twelve hex digits of the content's hash into a name; the bundler eight capitals: chart.QF3EEXWX.js
HASHED = r"(\.[0-9a-f]{12}\.\w+|/build/[\w-]+\.[A-Z0-9]{8}\.js)$"
OTHERS_SECONDS = 60


def with_files(pages: Wsgi) -> Wsgi:
    """Serve what collectstatic gathered; every other address goes to the pages."""
    return ServeStatic(
        pages, root=settings.STATIC_ROOT, prefix=settings.STATIC_URL, max_age=OTHERS_SECONDS,
        immutable_file_test=HASHED, add_headers_function=guard, allow_all_origins=False,
    )


def guard(headers: Headers, path: str, url: str) -> None:
    """A file is what its type says, whatever a browser thinks of its content."""
    headers["X-Content-Type-Options"] = "nosniff"

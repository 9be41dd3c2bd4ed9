"""Every page of the product, with sample values for what its address takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

# Guarded elsewhere: by the sign-in middleware, by keys and scopes, by nothing because they tell nothing.
ELSEWHERE = ("admin/", "api/", "epcis/", "i18n/")
SAMPLES = {"int": 999_999_999, "str": "NONE-SUCH", "slug": "none-such", "uuid": UUID(int=0), "path": "none/such"}


@dataclass(frozen=True)
class Page:
    """An address and the view behind it."""

    path: str
    view: Any

    @property
    def needs(self) -> str:
        return getattr(self.view, "zz_needs", "")

    @property
    def is_public(self) -> bool:
        return getattr(self.view, "zz_public", False)


def pages() -> list[Page]:
    """Every page that is not guarded elsewhere."""
    found = list(_walk(get_resolver().url_patterns, ""))
    return [page for page in found if not page.path.startswith(tuple(f"/{prefix}" for prefix in ELSEWHERE))]


def _walk(patterns: list[Any], prefix: str) -> Iterator[Page]:
    for pattern in patterns:
        here = prefix + _sample(pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield Page(f"/{here}", pattern.callback)


def _sample(pattern: Any) -> str:
    """The text of a route with samples in place of its parameters."""
    text = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for shown in (f"<{kind}:{name}>", f"<{name}>"):
            text = text.replace(shown, str(SAMPLES.get(kind, "NONE-SUCH")))
    return text

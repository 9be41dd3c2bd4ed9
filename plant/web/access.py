"""Marks on views: the action that a view needs, or that it is open to everybody."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from plant import policies

View = Callable[..., HttpResponse]


def needs(action: str) -> Callable[[View], View]:
    """Open a view only to people who may do an action, asked anew at each request."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            policies.check(request.user, action)
            return view(request, *args, **kwargs)

        guarded.zz_needs = action  # type: ignore[attr-defined]
        return guarded

    return wrap


def public(view: View) -> View:
    """Open a view to everybody, signed in or not."""
    view.zz_public = True  # type: ignore[attr-defined]
    return view


def is_public(view: Any) -> bool:
    return getattr(view, "zz_public", False)

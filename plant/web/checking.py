"""Checking a form while it is filled in: the same view, the same form class, but the command behind it does not run."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

HEADER = "X-Check-Form"
_is_check: ContextVar[bool] = ContextVar("is_check", default=False)


class Checked(Exception):
    """A form was cleaned, and that is all that was asked for."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("checked")
        self.errors = errors


def answer(errors: dict[str, Any]) -> None:
    """Stop here, before any command, when the page only asks what is wrong with the form."""
    if _is_check.get():
        raise Checked({name: [str(text) for text in texts] for name, texts in errors.items()})


class FormChecks:
    """Answers a check with the form's faults. Whatever the view did apart from cleaning its form is rolled back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or HEADER not in request.headers:
            return self.get_response(request)
        token = _is_check.set(True)
        try:
            with transaction.atomic():
                response = self.get_response(request)
                transaction.set_rollback(True)
        finally:
            _is_check.reset(token)
        return response if getattr(response, "zz_checked", False) else HttpResponse(status=204)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Tell what the form found."""
        if not isinstance(error, Checked):
            return None
        response = JsonResponse({"errors": error.errors})
        response.zz_checked = True  # type: ignore[attr-defined]
        return response

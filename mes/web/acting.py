"""Acting from a page: run the command, say that it is done, or say why not on the page the person came from."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from plant.errors import Refusal


def act(
    request: HttpRequest, command: Callable[[], Any], *, done: str, back: str, of: Callable[[], Any] | None = None
) -> HttpResponse:
    """Run a command and go back to a page; a refusal leaves here and is told by the middleware."""
    command()
    if of is not None:
        found = of()
        done %= {"number": found.number, "state": found.get_status_display()}
    messages.success(request, done)
    return HttpResponseRedirect(resolve_url(back))


def valid(form: forms.Form) -> dict[str, Any]:
    """The form's values, or a refusal that says what is wrong with them."""
    if form.is_valid():
        return form.cleaned_data
    wrong = "; ".join(
        f"{form.fields[name].label if name in form.fields else ''} {' '.join(errors)}".strip()
        for name, errors in form.errors.items()
    )
    raise Refusal(_("Correct this and send it again: %(wrong)s") % {"wrong": wrong}, code="bad-input")

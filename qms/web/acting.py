"""One way to act from an object's page: run the command, then the page again, with what it refused if it did."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from plant.errors import Refusal
from plant.web.refusals import is_htmx, wants_json

Page = Callable[..., HttpResponse]


def act(
    request: HttpRequest, command: Callable[[], Any], *, done: str, back: str, number: str, page: Page
) -> HttpResponse:
    """Run a command; success goes back to the object with a word, a refusal draws its page with the reason."""
    try:
        command()
    except Refusal as refusal:
        if is_htmx(request) or wants_json(request):
            raise
        return page(request, number, refusal=refusal)
    messages.success(request, done)
    return redirect(back, number)


def valid(form: forms.Form) -> dict[str, Any]:
    """The form's values, or a refusal that says what is wrong with them."""
    if form.is_valid():
        return form.cleaned_data
    wrong = "; ".join(f"{form.fields[name].label if name in form.fields else ''} {' '.join(errors)}".strip()
                      for name, errors in form.errors.items())
    raise Refusal(_("Correct this and send it again: %(wrong)s") % {"wrong": wrong}, code="bad-input")

"""One way to act from an object's page: one form, one command, then the page again with a word, or with the refusal."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from plant.errors import Refusal
from plant.web.access import View, needs
from plant.web.refusals import is_htmx, wants_json

Command = Callable[..., Any]


class BadInput(Refusal):
    """A form that was filled in wrongly; its page shows each error at its field."""

    code = "bad-input"


@dataclass(frozen=True)
class Acts:
    """The acts on one kind of object: how to find it, where it is shown, and its page for a refused act."""

    find: Callable[..., Any]
    back: Any
    page: Callable[..., HttpResponse] | None = None
    key: str = "number"

    def __call__(self, action: str, *, done: Any) -> Callable[[Command], View]:
        """Make a view of a function that runs one command for a request and an object; `done` may ask the object."""

        def wrap(command: Command) -> View:
            @require_POST
            @needs(action)
            @sensitive_post_parameters("password")
            @functools.wraps(command)
            def view(request: HttpRequest, **where: Any) -> HttpResponse:
                key = where.pop(self.key)
                try:
                    command(request, self.find(key), **where)
                except Refusal as refusal:
                    if self.page is None or is_htmx(request) or wants_json(request):
                        raise
                    return self.page(request, key, refusal=refusal)
                messages.success(request, done(self.find(key)) if callable(done) else str(done))
                return redirect(self.back, key)

            return view

        return wrap


def enter(
    request: HttpRequest, form: forms.Form, command: Callable[..., Any], *, template: str, to: str, key: str = "number",
    done: Any = "", **shown: Any,
) -> HttpResponse:
    """A page with one form: what is entered goes to a command, and the page `to` opens with what is `done`.

    `to` is the page of what was made, found by its `key`, or with no key a list. Else the form comes again with what is
    wrong, beside what else is shown.
    """
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = command(form.cleaned_data)
        except Refusal as error:
            refusal = error
        else:
            if word := str(done(made) if callable(done) else done):
                messages.success(request, word)
            return redirect(to, *([getattr(made, key)] if key else []))
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, template, {"form": form, "refusal": refusal, **shown}, status=status)


class Dialogs:
    """The dialogs of a page: all closed, or the one whose act was refused open again with what was typed and why."""

    def __init__(self, request: HttpRequest, refusal: Refusal | None = None) -> None:
        act = request.path.rstrip("/").rpartition("/")[2].replace("-", "_") if refusal else ""
        self.refusal, self._posted, self._by = refusal, request.POST, request.user
        self.opened = {act: True} if act else {}
        self.typed = {act: request.POST} if act else {}
        self.errors = {act: refusal} if act and not isinstance(refusal, BadInput) else {}

    def form(self, act: str, kind: Callable[..., forms.Form], **given: Any) -> forms.Form:
        """The form of an act: as it was sent where it was refused, what the command said of a field beside it."""
        given = {"by": self._by, **given}
        if act not in self.opened:
            return kind(**given)
        form = kind(self._posted, **given)
        if form.is_valid() and self.refusal is not None:
            facts = self.refusal.facts
            field = form.field_of(facts) if hasattr(form, "field_of") else facts.get("field")
            if field in form.fields:
                form.add_error(field, str(self.errors.pop(act)))
        return form

    @property
    def status(self) -> int:
        """The status of the page's answer."""
        return 200 if self.refusal is None else 422 if isinstance(self.refusal, BadInput) else 409


def valid(form: forms.Form) -> dict[str, Any]:
    """The form's values, or a refusal that says what is wrong with them."""
    if form.is_valid():
        return form.cleaned_data
    wrong = "; ".join(
        f"{form.fields[name].label if name in form.fields else ''} {' '.join(errors)}".strip()
        for name, errors in form.errors.items()
    )
    raise BadInput(_("Correct this and send it again: %(wrong)s") % {"wrong": wrong})


def signed(request: HttpRequest) -> dict[str, str]:
    """What a signature dialog posts."""
    return {name: request.POST.get(name, "") for name in ("reason", "password", "seen_hash")}

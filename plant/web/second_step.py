"""The second step of signing in: the code of the app, or for the first time the app itself."""

from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.debug import sensitive_post_parameters

from plant import qr, totp
from plant.commands import second_factors, sign_ins
from plant.errors import Refusal
from plant.models import Person, SecondFactor
from plant.web import sessions
from plant.web.access import public

LASTS = timedelta(minutes=10)
HALF = "half"


class CodeForm(forms.Form):
    """Six digits, or a recovery code."""

    code = forms.CharField(
        label=later("Code"), max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}),
    )


def is_asked_of(person: Person) -> bool:
    """Whether somebody signs in with two factors: who has an app, and whose role demands one."""
    demanded = not person.roles.isdisjoint(settings.SECOND_FACTOR_ROLES)
    return demanded or SecondFactor.objects.filter(person=person, confirmed_at__isnull=False).exists()


def begin(request: HttpRequest, person: Person, *, where: str, at: datetime) -> HttpResponse:
    """The password was right: remember that for ten minutes, in a session that opens nothing yet."""
    sessions.renew(request)
    request.session[HALF] = {"person": person.pk, "until": (at + LASTS).isoformat(), "next": where}
    return HttpResponseRedirect(resolve_url("plant:second-step"))


def _half(request: HttpRequest) -> Person | None:
    half = request.session.get(HALF) or {}
    until = parse_datetime(half.get("until", ""))
    if until is None or until < timezone.now():
        return None
    return Person.objects.filter(pk=half["person"], is_active=True).first()


@public
@sensitive_post_parameters("code")
def step(request: HttpRequest) -> HttpResponse:
    """Ask for the code; somebody without an app enrols one now."""
    person = _half(request)
    if person is None:
        return HttpResponseRedirect(resolve_url("plant:login"))
    form, now = CodeForm(request.POST or None), timezone.now()
    is_new = not SecondFactor.objects.filter(person=person, confirmed_at__isnull=False).exists()
    if request.method == "POST" and form.is_valid():
        try:
            codes = prove(person, form.cleaned_data["code"], is_new=is_new, at=now)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            return _enter(request, person, codes, at=now)
    context = {"form": form, "is_new": is_new, **(drawn(person) if is_new else {})}
    return render(request, "registration/second_step.html", context, status=400 if form.errors else 200)


def prove(person: Person, typed: str, *, is_new: bool, at: datetime) -> list[str]:
    """Confirm a new app and get its recovery codes, or check a code of the known one; wrong ones are counted."""
    with sign_ins.counted(person, at=at):
        if is_new:
            return second_factors.confirm(typed=typed, by=person, at=at)
        if not second_factors.accepts(person, typed, at=at):
            raise second_factors.WrongCode(_("This code is wrong or was used. Type the one that the app shows now."))
    return []


def _enter(request: HttpRequest, person: Person, codes: list[str], *, at: datetime) -> HttpResponse:
    where = request.session[HALF]["next"]
    sessions.begin(request, person, at=at)
    if codes:
        return render(request, "registration/recovery_codes.html", {"codes": codes, "next": where})
    return HttpResponseRedirect(where)


def drawn(person: Person) -> dict[str, str]:
    """The secret as QR code and as letters, in groups of four."""
    shared = second_factors.shared(second_factors.begin(by=person))
    letters = totp.spelled(shared)
    drawing = qr.picture(totp.uri(shared, person.number, "Zhizao"))
    return {"drawing": drawing, "letters": " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))}

"""One's own account: the password, the second factor, and signing out everywhere."""

from typing import Any

from django import forms
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from plant.commands import persons, second_factors, sign_ins
from plant.errors import Refusal
from plant.models import Person, RecoveryCode, SecondFactor
from plant.web import second_step, sessions
from plant.web.access import needs


def _secret(label: Any, autocomplete: str, text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=200, strip=False, widget=widget, help_text=text)


class PasswordForm(forms.Form):
    """The old password, and the new one twice."""

    present = _secret(later("Present password"), "current-password")
    fresh = _secret(
        later("New password"), "new-password", later("12 characters or more; a sentence of your own is best.")
    )
    again = _secret(later("New password again"), "new-password")

    def clean(self) -> dict[str, Any]:
        """Both times the same."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("fresh") != said.get("again"):
            self.add_error("again", _("This is not the same as above. Type the new password twice."))
        return said


class PresentCode(forms.Form):
    """What the app shows at this moment."""

    code = forms.CharField(
        label=later("Code that the app shows now"), max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


@needs("account.use")
@sensitive_post_parameters("present", "fresh", "again")
def account(request: HttpRequest) -> HttpResponse:
    """What belongs to signing in, and the form for a new password."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, form.cleaned_data)
        except Refusal as refusal:
            form.add_error("present" if refusal.code.startswith("sign-in") else "fresh", str(refusal))
        else:
            messages.success(request, _("The password is changed. Other devices are signed out."))
            return redirect("plant:account")
    factor = SecondFactor.objects.filter(person=request.user, confirmed_at__isnull=False).first()
    left = RecoveryCode.objects.filter(person=request.user, used_at__isnull=True).count()
    context = {"form": form, "factor": factor, "codes_left": left, "code_form": PresentCode()}
    return render(request, "plant/account.html", context, status=400 if form.errors else 200)


def _change(request: HttpRequest, said: dict[str, Any]) -> None:
    now = timezone.now()
    sign_ins.prove(person=request.user, password=said["present"], address=sessions.client_address(request), at=now)
    person: Person = persons.set_password(person=request.user, password=said["fresh"], by=request.user)
    auth.update_session_auth_hash(request, person)


@require_POST
@needs("account.use")
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this person, on whatever device, and this one."""
    sign_ins.sign_out_everywhere(person=request.user, by=request.user, at=timezone.now())
    auth.logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("plant:login")


@needs("account.use")
@sensitive_post_parameters("code")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Enrol an app of one's own will, or draw new recovery codes."""
    if SecondFactor.objects.filter(person=request.user, confirmed_at__isnull=False).exists():
        return redirect("plant:account")
    form = second_step.CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_step.prove(request.user, form.cleaned_data["code"], is_new=True, at=timezone.now())
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            return _told(request, codes)
    context = {"form": form, "is_new": True, **second_step.drawn(request.user)}
    return render(request, "registration/second_step.html", context, status=400 if form.errors else 200)


@require_POST
@needs("account.use")
@sensitive_post_parameters("code")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes for whoever shows the app's present code."""
    typed = request.POST.get("code", "")
    second_step.prove(request.user, typed, is_new=False, at=timezone.now())
    return _told(request, second_factors.renew_codes(by=request.user))


def _told(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "registration/recovery_codes.html", {"codes": codes, "next": "/account/"})

"""The page to sign in."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from plant.commands import sign_ins
from plant.models import Person
from plant.web import second_step, sessions
from plant.web.access import public

REFUSED = "sign_in_refused"  # what the page says once, after a way in that led back to it


class SignInForm(forms.Form):
    """Number and password."""

    username = forms.CharField(
        label=_("Staff number"), max_length=40,
        widget=forms.TextInput({"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


@public
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    """Ask for number and password; then go on to where the person wanted to go."""
    form = SignInForm(request.POST or None)
    where = wanted(request)
    if request.method == "GET" and request.user.is_authenticated:
        return HttpResponseRedirect(where)
    if request.method == "POST" and form.is_valid():
        try:
            person = sign_ins.sign_in(
                number=form.cleaned_data["username"], password=form.cleaned_data["password"],
                address=sessions.client_address(request), at=timezone.now(),
            )
        except sign_ins.SignInRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return enter(request, person, where=where)
    context = {"form": form, "next": where, "outside": _outside(where), "refused": request.session.pop(REFUSED, "")}
    return render(request, "registration/login.html", context, status=400 if form.errors else 200)


def enter(request: HttpRequest, person: Person, *, where: str, has_second_factor: bool = False) -> HttpResponse:
    """Let somebody in who proved who they are, by way of the second step where one is asked for."""
    at = timezone.now()
    if not has_second_factor and second_step.is_asked_of(person):
        return second_step.begin(request, person, where=where, at=at)
    sessions.begin(request, person, at=at)
    return HttpResponseRedirect(where)


def _outside(where: str) -> dict[str, str] | None:
    """The way in through the company's identity provider, where there is one."""
    if settings.OIDC is None:
        return None
    name = settings.OIDC.name
    label = gettext("Sign in with %(name)s") % {"name": name} if name else gettext("Sign in with your company account")
    return {"url": f"{resolve_url('plant:outside')}?{urlencode({'next': where})}", "label": label}


def wanted(request: HttpRequest) -> str:
    """Where somebody wanted to go, if that is a page of the plant."""
    told = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(told, {request.get_host()}, request.is_secure())
    return told if is_ours else resolve_url("plant:home")

"""Keys of other systems: made here and shown once, followed by a new one while both count, closed at once."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from plant import keys, policies, scoping
from plant.commands import api_keys
from plant.errors import Refusal
from plant.key_scopes import SCOPES
from plant.models import ApiKey, Equipment, EquipmentLevel
from plant.queries import api_keys as known
from plant.web.access import needs
from plant.web.forms import Form, RowField

LIVES = [("90", later("90 days")), ("365", later("1 year")), ("730", later("2 years"))]


class KeyForm(Form):
    """Which system, what it may do, until when, and from where."""

    name = forms.CharField(label=later("System"), max_length=35, help_text=later("A short name, such as erp or wms."))
    scopes = forms.MultipleChoiceField(
        label=later("May"), choices=[(code, format_lazy("{} – {}", code, text)) for code, text in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple, help_text=later("Only what the system uses."),
    )
    days = forms.ChoiceField(label=later("Ends after"), choices=LIVES, initial="365")
    networks = forms.CharField(
        label=later("May come from"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}),
        help_text=later("Addresses or networks, such as 10.1.2.0/24. Empty: from anywhere."),
    )
    site = RowField(
        label=later("Only for site"), required=False,
        queryset=Equipment.objects.filter(level=EquipmentLevel.SITE).order_by("code"),
        help_text=later("Of a new system: what it sees and does is limited to this site."),
    )

    def clean_name(self) -> str:
        """Fit to stand in a number."""
        name = str(self.cleaned_data["name"]).strip()
        if not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
            raise forms.ValidationError(_("Use letters, digits and hyphens only."))
        return name

    def clean_networks(self) -> list[str]:
        """Each line an address or a network."""
        try:
            return keys.networks(self.cleaned_data["networks"])
        except ValueError as error:
            message = _("This is no address or network: %(why)s")
            raise forms.ValidationError(message % {"why": error}) from error


@needs("api-key.create")
def listed(request: HttpRequest) -> HttpResponse:
    """Every key, and the form that makes another."""
    form, made = KeyForm(request.POST or None, by=request.user), None
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        until = timezone.now() + timedelta(days=int(words.pop("days")))
        key, text = api_keys.create(by=request.user, expires_at=until, **words)
        made, form = {"key": key, "text": text}, KeyForm(by=request.user)
    return _page(request, form, made)


def _page(
    request: HttpRequest, form: Form, made: dict[str, Any] | None, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "form": form, "made": made, "refusal": refusal, "rows": known.listed(request.user), "now": timezone.now(),
        "every": len(SCOPES),
        "why_not": policies.why_not(request.user, "api-key.create"),
    }
    status = 409 if refusal else 400 if form.errors else 200
    return render(request, "plant/api_key/list.html", context, status=status)


def _find(request: HttpRequest, pk: int) -> ApiKey:
    return get_object_or_404(scoping.visible(ApiKey.objects.select_related("person"), request.user), pk=pk)


@require_POST
@needs("api-key.create")
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the key that follows this one, and show it once."""
    key = _find(request, pk)
    try:
        new, text = api_keys.rotate(key=key, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _page(request, KeyForm(by=request.user), None, refusal)
    return _page(request, KeyForm(by=request.user), {"key": new, "text": text, "old": key})


@require_POST
@needs("api-key.create")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a key for good."""
    key = _find(request, pk)
    api_keys.revoke(key=key, reason=str(_("Closed on the page of keys")), by=request.user, at=timezone.now())
    messages.success(request, _("The key of %(name)s opens nothing any more.") % {"name": key.name})
    return redirect("plant:api-key-list")

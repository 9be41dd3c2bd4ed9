"""Looking into a source and taking places up as tags."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.models import Plc, PlcTag, TagKind
from integrations.plc.queries import devices
from integrations.sources import looking
from integrations.sources.commands import tags
from integrations.sources.seen import Seen
from plant.errors import Refusal
from plant.models import Parameter
from plant.web.access import needs
from plant.web.acting import valid
from plant.web.forms import Form, RowField

KINDS = [one for one in TagKind.choices if one[0] not in (TagKind.SETPOINT, TagKind.HEARTBEAT, TagKind.IDENTITY)]


class TagForm(Form):
    """What a place is to be called, and what it measures."""

    path = forms.CharField(label=gettext_lazy("path"), max_length=500)
    field = forms.CharField(label=gettext_lazy("field"), max_length=200, required=False)
    name = forms.SlugField(label=gettext_lazy("name"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=KINDS, initial=TagKind.PROCESS)
    parameter = RowField(
        queryset=Parameter.objects.order_by("code"), label=gettext_lazy("parameter"), required=False,
        help_text=gettext_lazy("Its values are kept under it. A machine state needs none."),
    )


def find(code: str) -> Plc:
    """A source by its code."""
    return get_object_or_404(Plc.objects.select_related("equipment", "health"), code=code)


@needs("plc.configure")
def browse(request: HttpRequest, code: str) -> HttpResponse:
    """What a source offers: its folders and what each place says now; posted, take one place up."""
    plc = find(code)
    here, refusal, form = request.GET.get("in", ""), None, None
    if request.method == "POST":
        form = TagForm(request.POST, by=request.user)
        try:
            tag = tags.take_up(plc=plc, **valid(form), by=request.user, at=timezone.now())
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("%(name)s is listened to within seconds.") % {"name": tag.name})
            return redirect(f"{request.path}?{urlencode({'in': here})}")
    elif "path" in request.GET:
        path, field = request.GET["path"], request.GET.get("field", "")
        form = TagForm(initial={"path": path, "field": field, "name": tags.named(field or path)}, by=request.user)
    status = 409 if refusal else 200
    return render(request, "integrations/plc/browse.html", _context(plc, here, form, refusal), status=status)


def _context(plc: Plc, here: str, form: Any, refusal: Any) -> dict[str, Any]:
    found, wrong = [], ""
    setting = devices.feed_setting(plc)
    if form is None and setting is not None:
        try:
            found = looking.look(setting, here)
        except Exception as error:  # whatever a foreign library says when the other side does not answer
            wrong = str(error) or type(error).__name__
    known = set(PlcTag.objects.filter(plc=plc).values_list("path", "field"))
    rows = [(one, (one.path, one.field) in known, _href(one, here)) for one in found]
    return {"plc": plc, "here": here, "rows": rows, "wrong": wrong, "form": form, "refusal": refusal}


def _href(one: Seen, here: str) -> str:
    """Deeper into the tree, or to the form that takes the place up."""
    if one.has_more:
        return "?" + urlencode({"in": one.path})
    return "?" + urlencode({"in": here, "path": one.path, "field": one.field})

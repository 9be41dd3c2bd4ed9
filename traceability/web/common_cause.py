"""What bad pieces have in common, on the screen: their numbers scanned or pasted, and what stands out."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.web.access import needs
from plant.web.forms import Form, Within
from traceability.models import MaterialLot
from traceability.queries import common_cause, scanned, scope

MOST = 100


class PiecesField(Within, forms.CharField):
    """Lots or serials as a scanner writes them: one a line; commas and spaces part them too."""

    widget = forms.Textarea({"rows": 4, "data-scan-into": "", "autocomplete": "off"})

    def clean(self, value: Any) -> list[MaterialLot]:
        """Find every one, or say which numbers are none."""
        words = list(dict.fromkeys(str(super().clean(value)).replace(",", " ").split()))[:MOST]
        numbers = [scanned.number(word) for word in words]
        rows = scoping.visible(MaterialLot.objects.filter(number__in=numbers), self.by).select_related("material")
        found = {lot.number: lot for lot in rows}
        missing = [number for number in numbers if number not in found]
        if missing:
            message = now("There is no lot %(numbers)s. Check the labels.")
            raise forms.ValidationError(message % {"numbers": ", ".join(missing[:5])})
        return [found[number] for number in numbers]


class PiecesForm(Form):
    """The bad pieces, and the good ones if somebody knows them."""

    is_checked = False

    bad = PiecesField(label=_("Faulty pieces"), help_text=_("Scan or paste their numbers, one a line."))
    good = PiecesField(
        label=_("Good pieces"), required=False,
        help_text=_("Empty: compared with what was made of the same material at the same time."),
    )


@needs("lot.read")
def page(request: HttpRequest) -> HttpResponse:
    """The two lists, and once they are filled in, what the bad ones share."""
    if not scope.may_know(request.user):
        raise Http404
    form = PiecesForm(request.GET if request.GET.get("bad") else None, by=request.user, initial=request.GET.dict())
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        found = common_cause.compare(form.cleaned_data["bad"], form.cleaned_data["good"])
        link = reverse("traceability:scope")
        rows = [(one, f"{link}?{urlencode(one.start)}" if one.start else "") for one in found.causes]
        context |= {"found": found, "rows": rows}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "traceability/scope/common_cause.html", context, status=status)

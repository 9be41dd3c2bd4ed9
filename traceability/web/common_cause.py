"""What bad pieces have in common, on the screen: their numbers scanned or pasted, and what stands out."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.web.access import needs
from plant.web.forms import Form
from traceability.models import MaterialLot, Stream
from traceability.queries import common_cause, scope
from traceability.queries.common_cause import Cause
from traceability.queries.shared_values import VALUE
from traceability.web.forms import LotNumbersField

MOST_DRAWN = 30


class PiecesForm(Form):
    """The bad pieces, and the good ones if somebody knows them."""

    is_checked = False

    bad = LotNumbersField(label=_("Faulty pieces"), help_text=_("Scan or paste their numbers, one a line."))
    good = LotNumbersField(
        label=_("Good pieces"), required=False,
        help_text=_("Empty: compared with what was made of the same material at the same time."),
    )


def said(lots: list[MaterialLot]) -> str:
    """Their numbers as the page of curves takes them."""
    return " ".join(lot.number for lot in lots[:MOST_DRAWN])


def parameters(causes: list[Cause]) -> dict[str, str]:
    """Of causes that are values, the parameter that was read."""
    groups = {one.group: int(one.group.removeprefix(VALUE)) for one in causes if one.group.startswith(VALUE)}
    known = Stream.objects.select_related("parameter").in_bulk(groups.values())
    return {group: known[pk].parameter.code for group, pk in groups.items()}


@needs("lot.read")
def page(request: HttpRequest) -> HttpResponse:
    """The two lists, and once they are filled in, what the bad ones share."""
    if not scope.may_know(request.user):
        raise Http404
    form = PiecesForm(request.GET if request.GET.get("bad") else None, by=request.user, initial=request.GET.dict())
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        found = common_cause.compare(form.cleaned_data["bad"], form.cleaned_data["good"])
        link, read = reverse("traceability:scope"), parameters(found.causes)
        both = {"bad": said(found.bad), "good": said(found.good)}
        rows = [
            (one, f"{link}?{urlencode(one.start)}" if one.start else "",
             urlencode({**both, "what": f"|{read[one.group]}"}) if one.group in read else "")
            for one in found.causes
        ]
        context |= {"found": found, "rows": rows, "pieces": urlencode(both)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "traceability/scope/common_cause.html", context, status=status)

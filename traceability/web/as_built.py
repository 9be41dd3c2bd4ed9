"""What is in a unit, now or at a moment, and the act that replaces a part of it."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.forms import CodeField, Form, RowField
from traceability.commands import repairs
from traceability.models import MaterialLot, Went
from traceability.queries import as_built, lots


class ReplaceForm(Form):
    """Which part comes out and why, where it goes, and what goes in instead."""

    out = forms.TypedChoiceField(label=_("Part that comes out"), coerce=int)
    reason = forms.CharField(label=_("What was wrong"), max_length=200)
    went = forms.ChoiceField(label=_("It goes to"), choices=Went.choices)
    store = RowField(
        label=_("Place"), required=False, queryset=Equipment.objects.filter(stores_material=True, active=True),
        help_text=_("Where it is put, unless it is scrapped."),
    )
    part = CodeField(
        label=_("Part that goes in"), max_length=200, required=False,
        help_text=_("Scan the lot or serial. Empty: nothing goes in yet."),
    )

    def __init__(self, *args: Any, parts: list[as_built.Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["out"].choices = [(one.actual.pk, told(one)) for one in parts]  # type: ignore[attr-defined]


def told(part: as_built.Part) -> str:
    """A part in one line."""
    actual = part.actual
    words = [actual.lot.material.code, actual.lot.number, f"{actual.quantity.normalize():f}", actual.operation]
    return " · ".join([*words, *([", ".join(part.places)] if part.places else [])])


@needs("lot.read")
def page(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """The parts of a unit at a moment, and those that came out before."""
    unit, dialogs = lots.by_number(number), Dialogs(request, refusal)
    said = moment(request.GET.get("at", ""))
    parts, gone = as_built.of_unit(unit, said or timezone.now())
    why = policies.why_not(request.user, "lot.replace-part") or ("" if parts else now("Nothing is in it."))
    context = {
        "lot": unit, "parts": parts, "gone": gone, "said": said, "placed": any(one.places for one in parts),
        "maybe": as_built.maybe(unit, said or timezone.now()), "dialogs": dialogs,
        "why_not_replace": why or (now("This is how it was then. Look at it as it is now.") if said else ""),
        "form": dialogs.form("replace", ReplaceForm, parts=parts),
    }
    return render(request, "traceability/lot/as_built.html", context, status=dialogs.status)


def moment(text: str) -> datetime | None:
    """A moment in an address, in the plant's time."""
    try:
        found = parse_datetime(text[:40])
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


act = Acts(find=lots.by_number, back="traceability:lot-as-built", page=page)


@act("lot.replace-part", done=_("The part is replaced; both stay in the history."))
def replace(request: HttpRequest, unit: MaterialLot) -> None:
    """Take a part out and put another one in."""
    parts, _gone = as_built.of_unit(unit, timezone.now())
    said = valid(ReplaceForm(request.POST, parts=parts, by=request.user))
    actual = next(one.actual for one in parts if one.actual.pk == said["out"])
    repairs.replace(
        actual=actual, went=said["went"], reason=said["reason"], store=said["store"],
        part=lots.by_number(said["part"]) if said["part"] else None, by=request.user, at=timezone.now(),
    )

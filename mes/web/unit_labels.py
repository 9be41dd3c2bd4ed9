"""The label of a carton or pallet: looked at, printed with its reason, scanned back."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mes.amounts import plain
from mes.commands import unit_labels as commands
from plant.errors import Refusal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.forms import CodeField, Form
from traceability import unit_labels
from traceability.models import HandlingUnit
from traceability.queries import packing
from traceability.unit_labels import UnitLabel

PAPER, ZPL = "PAPER", "ZPL"


class PrintForm(Form):
    """On what, and why again."""

    form = forms.ChoiceField(
        label=_("Printer"), choices=[(PAPER, _("Any printer")), (ZPL, _("Label printer (ZPL)"))], initial=PAPER
    )
    reason = forms.CharField(
        label=_("Why again"), required=False, max_length=200, help_text=_("Only when it was printed before.")
    )


class VerifyForm(Form):
    """The label where it sticks."""

    code = CodeField(label=_("Scan the label on the carton"), max_length=200)


FORMS = {"print": PrintForm, "verify": VerifyForm}


@needs("lot.print")
def page(
    request: HttpRequest, number: str, refusal: Refusal | None = None, *, is_ready: bool = False
) -> HttpResponse:
    """The label as it will be; once its print is recorded, ready for the printer."""
    unit, dialogs = packing.by_number(number), Dialogs(request, refusal)
    context = {
        "unit": unit, "drawing": mark_safe(unit_labels.svg(of(unit))),  # noqa: S308
        "prints": commands.prints(unit), "dialogs": dialogs, "is_ready": is_ready,
        "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()},
    }
    return render(request, "mes/unit/label.html", context, status=dialogs.status)


@require_POST
@needs("lot.print")
def printed(request: HttpRequest, number: str) -> HttpResponse:
    """Record the print; then the label for a label printer as a file, or the page to print."""
    unit = packing.by_number(number)
    try:
        said = valid(PrintForm(request.POST, by=request.user))
        commands.record_print(unit=unit, reason=said["reason"], by=request.user)
    except Refusal as refusal:
        return page(request, number, refusal)
    if said["form"] == PAPER:
        return page(request, number, is_ready=True)
    response = HttpResponse(unit_labels.zpl(of(unit)), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="label-{unit.number}.zpl"'
    return response


act = Acts(find=packing.by_number, back="mes:unit-detail", page=page)


@act("lot.print", done=_("The label is right."))
def verify(request: HttpRequest, unit: HandlingUnit) -> None:
    """Scan it back."""
    commands.verify(
        unit=unit, **valid(VerifyForm(request.POST, by=request.user)), by=request.user, at=timezone.now()
    )


def of(unit: HandlingUnit) -> UnitLabel:
    """What stands on the label: the material where all is of one, and how much."""
    rows = list(packing.lying([unit]))
    heading = f"{unit.get_kind_display()} · {unit.site.name}"
    materials = {row.lot.material for row in rows}
    if len(materials) != 1:
        return UnitLabel(unit.number, heading, (now("%(count)s materials") % {"count": len(materials)},))
    one, total = materials.pop(), sum(row.quantity for row in rows)
    lots = sorted({row.lot.number for row in rows})
    named = lots[0] if len(lots) == 1 else now("%(first)s and %(more)s more") % {
        "first": lots[0], "more": len(lots) - 1
    }
    return UnitLabel(unit.number, heading, (f"{one.code} {one.name}", f"{plain(total)} {one.unit.symbol}", named))

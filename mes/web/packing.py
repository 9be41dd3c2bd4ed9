"""Packing on the screen: one carton or pallet, filled by scan, closed, labelled, brought to the store."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from mes.commands import goods_receipts, packing, unpacking
from mes.queries import units
from mes.web.forms import ReasonForm
from mes.web.shipping_forms import OpenForm, OutForm, ReceiptForm, ScanForm, StoreForm
from plant import policies
from plant.errors import Refusal
from plant.queries import journal, places
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, valid
from traceability.models import HandlingUnit, UnitKind, UnitStatus
from traceability.queries import packing as reading

FORMS = {"scan": ScanForm, "take_out": OutForm, "reopen": ReasonForm, "dissolve": ReasonForm, "store": StoreForm}


@needs("unit.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One unit: what lies in it, and what is to be done next."""
    unit, dialogs = reading.by_number(number), Dialogs(request, refusal)
    rows = list(reading.lying([unit]))
    first = rows[0].lot.material if rows else None
    rule = reading.rule(first, unit.kind) if first else None
    filled = reading.filled(unit)
    context = {
        "unit": unit, "rows": rows, "out": reading.history(unit), "rule": rule, "filled": filled, "material": first,
        "is_full": rule is not None and filled >= rule.capacity, "is_pallet": unit.kind == UnitKind.PALLET,
        "cartons": unit.cartons.order_by("number"), "timeline": journal.timeline(unit), "dialogs": dialogs,
        "why": why_not(request, unit), "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()},
    }
    return render(request, "mes/unit/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, unit: HandlingUnit) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    state = _("Not while it is “%(state)s”.") % {"state": unit.get_status_display()}
    is_open = "" if unit.status == UnitStatus.OPEN else state
    stored = _("It lies in %(place)s already.") % {"place": unit.place} if unit.place else ""
    closed = "" if unit.status == UnitStatus.CLOSED else state
    pack, unpack = (policies.why_not(request.user, action) for action in ("unit.pack", "unit.unpack"))
    return {
        "scan": pack or is_open, "close": pack or is_open, "take_out": unpack or is_open,
        "dissolve": unpack or is_open, "reopen": unpack or closed, "print": policies.why_not(request.user, "lot.print"),
        "store": policies.why_not(request.user, "goods.receive") or closed or stored,
    }


@needs("unit.pack")
def open_unit(request: HttpRequest) -> HttpResponse:
    """Begin a carton or pallet."""
    form = OpenForm(request.POST or None, by=request.user)

    def begin(said: dict[str, Any]) -> HandlingUnit:
        return packing.open_unit(**said, site=places.home(request.user), by=request.user, at=timezone.now())

    return enter(request, form, begin, template="mes/unit/open.html", to="mes:unit-detail")


act = Acts(find=reading.by_number, back="mes:unit-detail", page=detail)


@act("unit.pack", done=later("Packed. Scan the next one."))
def scan(request: HttpRequest, unit: HandlingUnit) -> None:
    """Put in what was scanned."""
    done = packing.scan(
        unit=unit, **valid(ScanForm(request.POST, by=request.user)), by=request.user, at=timezone.now()
    )
    if done.refusal is not None:
        raise done.refusal


@act("unit.pack", done=later("Closed. Print its label now."))
def close(request: HttpRequest, unit: HandlingUnit) -> None:
    """Close it."""
    unpacking.close(unit=unit, by=request.user, at=timezone.now())


@act("unit.unpack", done=later("Open again."))
def reopen(request: HttpRequest, unit: HandlingUnit) -> None:
    """Open it again."""
    unpacking.reopen(unit=unit, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@act("unit.unpack", done=later("Taken out."))
def take_out(request: HttpRequest, unit: HandlingUnit) -> None:
    """Take a lot out of a carton, or a carton off its pallet."""
    said, now = valid(OutForm(request.POST, by=request.user)), timezone.now()
    thing = units.found(said["code"], now)
    if isinstance(thing, HandlingUnit):
        unpacking.take_down(carton=thing, reason=said["reason"], by=request.user, at=now)
    else:
        unpacking.take_out(unit=unit, lot=thing, reason=said["reason"], by=request.user, at=now)


@act("unit.unpack", done=later("Everything is taken out."))
def dissolve(request: HttpRequest, unit: HandlingUnit) -> None:
    """Empty it for good."""
    unpacking.dissolve(unit=unit, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@act("goods.receive", done=later("It is in the store, and its order knows."))
def store(request: HttpRequest, unit: HandlingUnit) -> None:
    """Bring it into a store."""
    where = valid(StoreForm(request.POST, by=request.user))
    goods_receipts.receive(code=unit.number, **where, by=request.user, at=timezone.now())


@needs("goods.receive")
def receive(request: HttpRequest) -> HttpResponse:
    """Finished goods into the store: scan after scan."""
    form, refusal, told = ReceiptForm(request.POST or None, by=request.user), None, ""
    if request.method == "POST" and form.is_valid():
        try:
            told = received(request, form.cleaned_data)
        except Refusal as refused:
            refusal = refused
        else:
            form = ReceiptForm(initial={"store": form.cleaned_data["store"].code}, by=request.user)
    status = 409 if refusal else 422 if form.is_bound and form.errors else 200
    context: dict[str, Any] = {"form": form, "refusal": refusal, "told": told}
    return render(request, "mes/unit/receive.html", context, status=status)


def received(request: HttpRequest, said: dict[str, Any]) -> str:
    """Take one in; what to tell of it."""
    amount = goods_receipts.receive(**said, by=request.user, at=timezone.now())
    return _("%(code)s: %(amount)s received into %(store)s.") % {
        "code": said["code"], "amount": f"{amount.normalize():f}", "store": said["store"].code,
    }

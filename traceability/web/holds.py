"""Holds on the screen: what stands still and why, stopping something, and letting it go with a signature."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plant import policies, scoping
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.statements import kept
from plant.transactions import command
from plant.web.access import needs
from traceability.commands import holds
from traceability.gate import Cause
from traceability.models import CauseKind, Hold
from traceability.queries import holds_list, impact, spreading
from traceability.web import left
from traceability.web.forms import HoldForm

MOST = 200


@needs("hold.place")
def place(request: HttpRequest) -> HttpResponse:
    """Stop a lot, a machine, a work order, or every new lot of a material."""
    form = HoldForm(request.POST or None, initial=request.GET.dict(), by=request.user)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        cause = Cause(CauseKind.PERSON, f"{request.user.number}-{at:%y%m%d%H%M}")
        try:
            hold = holds.place(
                target=form.cleaned_data["found"], cause=cause, reason=form.cleaned_data["reason"], by=request.user,
                at=at,
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("%(target)s is held.") % {"target": hold.target_label})
            return redirect("traceability:hold-detail", hold.pk)
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "traceability/hold/place.html", {"form": form, "refusal": refusal}, status=status)


@needs("hold.read")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One hold: its target, its cause, where it spread, and the way out."""
    return _page(request, _found(pk))


@require_POST
@needs("hold.release")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let go of one hold, signed by a person who saw it as it is."""
    hold = _found(pk)
    try:
        sign_and_release(hold=hold, form=request.POST.dict(), by=request.user, at=timezone.now())
    except Refusal as error:
        return _page(request, _found(pk), refusal=error)
    messages.success(request, _("%(target)s: this hold is released.") % {"target": hold.target_label})
    return redirect("traceability:hold-detail", pk)


@command
def sign_and_release(*, hold: Hold, form: dict[str, str], by: Any, at: datetime) -> Hold:
    """The signature and the release, both or neither."""
    reason = form.get("reason", "")
    signature = signatures.sign(
        subject=hold, meaning=Meaning.RELEASED, content=content(hold), seen_hash=form.get("seen_hash", ""),
        password=form.get("password", ""), reason=reason, by=by, at=at,
    )
    return holds.release(hold=hold, reason=reason, by=by, at=at, signature=signature)


def release_one(hold: Hold, *, reason: str, by: Any, at: datetime, password: str | None) -> Hold:
    """Let go of one of many holds, with a signature of its own; the rehearsal, which is taken back, has none.

    One that went along with another of the same act is released already, by that signature.
    """
    fresh = _found(hold.pk)
    if fresh.released_at == at and fresh.released_by_id == by.pk:
        return fresh
    if password is None:
        return holds.release(hold=fresh, reason=reason, by=by, at=at)
    form = {"reason": reason, "password": password, "seen_hash": signatures.content_hash(content(fresh))}
    return sign_and_release(hold=fresh, form=form, by=by, at=at)


def content(hold: Hold) -> dict[str, Any]:
    """What somebody who releases a hold has read."""
    return {
        "hold": hold.pk, "target_kind": hold.target_kind, "target": hold.target_label, "cause_kind": hold.cause_kind,
        "cause": hold.cause_id, "reason": kept(hold.reason), "placed_by": hold.placed_by.number,
        "placed_at": hold.placed_at, "released_at": hold.released_at,
        "released_with": [one.target_label for one in spreading.along(hold)],
    }


def _found(pk: int) -> Hold:
    rows = Hold.objects.select_related(
        "lot__material", "placed_by", "released_by", "spread_from__lot", "signature", "site"
    )
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, hold: Hold, refusal: Refusal | None = None) -> HttpResponse:
    why_not = policies.why_not(request.user, "hold.release")
    if hold.released_at:
        why_not = _("This hold is released already.")
    spread = Hold.objects.filter(spread_from=hold).order_by("pk")
    near = scoping.visible(spread.select_related("lot__material"), request.user)
    context = {
        "hold": hold, "refusal": refusal, "seen_hash": signatures.content_hash(content(hold)), "why_not": why_not,
        "spread": list(near[:MOST]), "spread_elsewhere": spread.count() - near.count(),
        "origins": holds_list.origins([hold], request.user),
        "timeline": holds_list.timeline(hold), "meaning": Meaning.RELEASED,
        "gone": left.gone([hold.lot_id], request.user) if hold.lot_id else (),
        "shipped": impact.customers_seen_by(request.user, [hold.lot_id]) if hold.lot_id else (),
        "along": [] if hold.released_at else spreading.along(hold),
    }
    return render(request, "traceability/hold/detail.html", context, status=409 if refusal else 200)

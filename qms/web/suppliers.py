"""Suppliers on the screen: a card with its scorecard, papers and approvals; the records behind a figure."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, valid
from plant.web.forms import edit
from qms.commands import sources as source_commands
from qms.commands import suppliers as commands
from qms.models import ApprovedSource, Figure, Supplier
from qms.queries import scorecard, sources, supplier_records, suppliers
from qms.web import scorecards
from qms.web.scorecards import NINETY_DAYS, SHOWN_MONTHS
from qms.web.supplier_forms import AssessForm, CardForm, EnlistForm, PaperForm, SourceForm


@needs("supplier.keep")
def enlist(request: HttpRequest) -> HttpResponse:
    """Begin a supplier's card."""
    form = EnlistForm(request.POST or None, by=request.user, initial={"owner": request.user.number})

    def begun(said: dict[str, Any]) -> Supplier:
        return commands.enlist(**said, by=request.user, at=timezone.now())

    return enter(request, form, begun, template="qms/supplier/enlist.html", to="qms:supplier-detail")


@needs("supplier.read")
def detail(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """One supplier: standing, months, worst lots, papers, what they may deliver, rounds of the questionnaire."""
    supplier, dialogs, at = suppliers.by_code(code), Dialogs(request, refusal), timezone.now()
    why = policies.why_not(request.user, "supplier.keep")
    context = {
        "supplier": supplier, "partner": supplier.partner, "dialogs": dialogs, "now": at,
        "months": scorecards.card(supplier, at), "figures": Figure.choices, "papers": suppliers.papers(supplier),
        "sources": sources.listing().filter(supplier=supplier.partner).order_by("material__code"),
        "rounds": supplier.assessments.select_related("assessor").order_by("-pk"),
        "worst": supplier_records.worst_lots(request.user, since=at - NINETY_DAYS, supplier=supplier.partner, most=5),
        "why": why, "why_assess": policies.why_not(request.user, "supplier.assess"),
        "forms": {
            "change": dialogs.form("change", lambda *args, **more: CardForm.of(supplier, *args, **more)),
            "paper": dialogs.form("paper", PaperForm), "assess": dialogs.form("assess", AssessForm),
        },
        "timeline": journal.timeline(supplier),
    }
    return render(request, "qms/supplier/detail.html", context, status=dialogs.status)


@needs("supplier.read")
def records(request: HttpRequest, code: str, figure: str) -> HttpResponse:
    """What a figure of a month was made from."""
    supplier, name = suppliers.by_code(code), figure.upper()
    month = parse_date(f"{request.GET.get('month', '')}-01") if request.GET.get("month") else None
    if name not in Figure.values:
        raise Http404
    at = timezone.now()
    day: date = month or scorecard.months(at, 1)[0]
    rows = supplier_records.of(supplier.partner, name, day, viewer=request.user, at=at)
    tally = scorecard.tallies([supplier.partner_id], day, day, at=at).get(
        (supplier.partner_id, day), scorecard.Tally()
    )
    context = {
        "supplier": supplier, "figure": Figure(name), "month": day, "rows": rows, "value": tally.figure(name),
        "is_ppm": name == Figure.PPM,
    }
    return render(request, "qms/supplier/records.html", context)


@needs("supplier.read")
def worst(request: HttpRequest) -> HttpResponse:
    """For purchasing: the lots that failed worst lately, and how suppliers develop."""
    at = timezone.now()
    cards, days, by = list(suppliers.listing()), scorecard.months(at, SHOWN_MONTHS), scorecard.rules()
    found = scorecard.tallies([one.partner_id for one in cards], days[-1], days[0], at=at)
    rows = []
    for one in cards:
        cells = [scorecard.score(found.get((one.partner_id, day), scorecard.Tally()), by) for day in days]
        total = scorecard.score(scorecard.whole(found, one.partner_id), by)
        rows.append({"supplier": one, "cells": cells, "total": total})
    rows.sort(key=lambda row: (row["total"].points is None, row["total"].points or 0))
    lots = supplier_records.worst_lots(request.user, since=at - NINETY_DAYS)
    return render(request, "qms/supplier/worst.html", {"rows": rows, "days": days, "lots": lots})


act = Acts(find=suppliers.by_code, back="qms:supplier-detail", page=detail, key="code")


@act("supplier.keep", done=_("Saved."))
def change(request: HttpRequest, supplier: Supplier) -> None:
    """Change the card."""
    edit(
        Supplier.objects.filter(pk=supplier.pk), lambda row: CardForm.of(row, request.POST, by=request.user),
        lambda row, said: commands.change(supplier=row, by=request.user, **said),
    )


@act("supplier.keep", done=_("The paper is kept."))
def paper(request: HttpRequest, supplier: Supplier) -> None:
    """Keep a certificate."""
    said = valid(PaperForm(request.POST, request.FILES, by=request.user))
    file = said.pop("file")
    sent = (file.name, file.read()) if file else None
    commands.add_paper(supplier=supplier, **said, file=sent, by=request.user, at=timezone.now())


@act("supplier.assess", done=_("The questionnaire is open; it stands below."))
def assess(request: HttpRequest, supplier: Supplier) -> None:
    """Begin a round."""
    commands.assess(supplier=supplier, **valid(AssessForm(request.POST)), by=request.user, at=timezone.now())


@needs("supplier.decide")
def set_source(request: HttpRequest) -> HttpResponse:
    """Say whether a supplier may deliver a material."""
    form = SourceForm(request.POST or None, by=request.user, initial=request.GET.dict())

    def said(data: dict[str, Any]) -> ApprovedSource:
        return source_commands.set_source(**data, by=request.user, at=timezone.now())

    return enter(request, form, said, template="qms/supplier/source.html", to="qms:source-list", key="")

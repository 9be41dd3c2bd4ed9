"""A supplier's scorecard on paper, its trend as a chart, and what suppliers trouble the plant with."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import panels, scoping
from plant.models import Person, Role
from plant.printing import Sheet, Table, amount, facts_of, text
from plant.web.access import needs
from qms import desk_panels
from qms.models import Figure, Supplier
from qms.queries import scorecard, sources, supplier_records, supplier_requests, suppliers

MONTHS, SHOWN_MONTHS, LATE_SHOWN = 12, 6, 6
NINETY_DAYS = timedelta(days=90)
FACTS = ("owner", "contact", "email")


def card(supplier: Supplier, at: Any, count: int = SHOWN_MONTHS) -> list[dict[str, Any]]:
    """The last months with their figures, the newest first."""
    days, by = scorecard.months(at, count), scorecard.rules()
    found = scorecard.tallies([supplier.partner_id], days[-1], days[0], at=at)
    rows = []
    for day in days:
        score = scorecard.score(found.get((supplier.partner_id, day), scorecard.Tally()), by)
        figures = [{"name": name, "value": value} for name, value in score.figures.items()]
        rows.append({"month": day, "score": score, "figures": figures})
    return rows


def sheet(supplier: Supplier, reader: Person) -> Sheet:
    """What a supplier is sent or shown: a year of figures, what they may deliver, their worst lots."""
    at, partner = timezone.now(), supplier.partner
    rows = [
        (f"{row['month']:%Y-%m}", number(row["score"].points, 0), row["score"].grade,
         *(number(one["value"], 0 if one["name"] == Figure.PPM else 1) for one in row["figures"]))
        for row in card(supplier, at, MONTHS)
    ]
    allowed = [
        (text(one.material), str(one.get_status_display()), text(one.until), one.reason)
        for one in sources.listing().filter(supplier=partner).order_by("material__code")
    ]
    worst = [
        (one.lot.number, one.lot.material.code, amount(one.received), amount(one.rejected), number(one.percent, 1))
        for one in supplier_records.worst_lots(reader, since=at - NINETY_DAYS, supplier=partner, most=20)
    ]
    heads = [_("Month"), _("Points"), _("Grade"), *(str(word) for _key, word in Figure.choices)]
    return Sheet(
        kind=_("Scorecard"), number=partner.code, title=partner.name, state=str(supplier.get_status_display()),
        facts=facts_of(supplier, FACTS),
        tables=[
            Table(_("Scorecard"), heads, rows, (1, *range(3, len(heads)))),
            Table(_("Approved sources"), [_("Material"), _("State"), _("Until"), _("Reason")], allowed),
            Table(_("Worst lots"), [_("Lot"), _("Material"), _("Received"), _("Rejected"), _("Percent")], worst,
                  (2, 3, 4)),
        ],
    )


def number(value: float | None, places: int) -> str:
    """A figure on paper; nothing was counted as a dash."""
    return "–" if value is None else f"{value:.{places}f}"


@needs("supplier.read")
def trend(request: HttpRequest, code: str) -> JsonResponse:
    """The points of the last twelve months, for the chart on the card."""
    rows = reversed(card(suppliers.by_code(code), timezone.now(), MONTHS))
    points = [
        {"at": scorecard.month_start(row["month"]).isoformat(), "value": row["score"].points}
        for row in rows if row["score"].points is not None
    ]
    lines = [{"label": grade, "value": least, "tone": "held"} for least, grade in scorecard.GRADES]
    return JsonResponse({"title": _("Points"), "unit": "", "points": points, "lines": lines})


@needs("supplier.read")
def panel(request: HttpRequest) -> HttpResponse:
    """Suppliers that let requests lie, and the lots that failed worst."""
    at = timezone.now()
    late = scoping.visible(supplier_requests.overdue(at), request.user)[:LATE_SHOWN]
    worst = supplier_records.worst_lots(request.user, since=at - NINETY_DAYS, most=LATE_SHOWN)
    return render(request, "qms/panels/suppliers.html", {"late": late, "lots": worst, "now": at})


TROUBLE = panels.Panel(
    gettext_lazy("Trouble with suppliers"), "qms:panel-suppliers", "supplier.read", "building-factory", order=30,
    roles=frozenset({Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER}),
)
panels.register(TROUBLE)
desk_panels.register(TROUBLE)

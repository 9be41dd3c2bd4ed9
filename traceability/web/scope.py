"""How far something reaches, on the screen: the question, its answer in counts, and every lot with where it is."""

import time
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.errors import Refusal
from plant.web import list_files
from plant.web.access import needs
from plant.web.forms import CodeField, Form
from traceability import starting
from traceability.queries import mass_balance, scope, scope_rows
from traceability.queries.scope import Reach, Verdict, Whereabouts
from traceability.starting import Asked

MOST_LISTED = 100
CHOSEN = ("verdict", "where", "material", "customer")


class MomentField(forms.DateTimeField):
    """A moment as browsers write it."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class StartForm(Form):
    """Where a question of reach starts; what a kind doesn't ask for stays empty."""

    is_checked = False

    kind = forms.ChoiceField(label=_("Start from"))
    code = CodeField(label=_("Code or number"), max_length=120)
    more = CodeField(label=_("Supplier or machine"), max_length=40, required=False)
    from_at = MomentField(label=_("From"), required=False)
    to_at = MomentField(label=_("To"), required=False)
    low = forms.FloatField(label=_("Lower limit"), required=False)
    high = forms.FloatField(label=_("Upper limit"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.key, one.label) for one in starting.every()]  # type: ignore[attr-defined]


class ScopeForm(StartForm):
    """The question with the moment as of which it is asked, and a second, narrower criterion."""

    as_of = MomentField(label=_("As it was on"), required=False)
    n_kind = forms.ChoiceField(label=_("And only what this reaches too"), required=False)
    n_code = CodeField(label=_("Code or number"), max_length=120, required=False)
    n_more = CodeField(label=_("Supplier or machine"), max_length=40, required=False)
    n_from_at = MomentField(label=_("From"), required=False)
    n_to_at = MomentField(label=_("To"), required=False)
    n_low = forms.FloatField(label=_("Lower limit"), required=False)
    n_high = forms.FloatField(label=_("Upper limit"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", "—"), *((one.key, one.label) for one in starting.every())]
        self.fields["n_kind"].choices = kinds  # type: ignore[attr-defined]


def question(request: HttpRequest) -> tuple[Asked, Asked | None, Any]:
    """What an address asks: the start, the narrower one if there is one, and the moment."""
    narrow = Asked.of(request.GET, "n_")
    return Asked.of(request.GET), narrow if narrow.code else None, starting.moment(request.GET.get("as_of", ""))


@needs("lot.read")
def page(request: HttpRequest) -> HttpResponse:
    """The question, and once it is asked, its answer."""
    if not scope.may_know(request.user):
        raise Http404
    context: dict[str, Any] = {"form": ScopeForm(initial=request.GET.dict(), by=request.user), "refusal": None}
    if not request.GET.get("code"):
        return render(request, "traceability/scope/page.html", context)
    begun = time.monotonic()
    asked, narrow, as_of = question(request)
    try:
        found = scope.reach(asked, narrow, as_of)
    except Refusal as refusal:
        return render(request, "traceability/scope/page.html", {**context, "refusal": refusal}, status=409)
    if request.GET.get("format") in list_files.KINDS:
        return file(request, found)
    context |= answer(request, found) | {"seconds": time.monotonic() - begun, "narrow": narrow}
    return render(request, "traceability/scope/page.html", context)


def answer(request: HttpRequest, found: Reach) -> dict[str, Any]:
    """The answer as the page shows it."""
    placed = scope.counted(found)
    at = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else 1
    chosen = {name: request.GET.get(name, "")[:80] for name in CHOSEN}
    rows = scope_rows.page(found, request.user, most=MOST_LISTED + 1, skip=(at - 1) * MOST_LISTED, **chosen)
    kept = request.GET.copy()
    for name in ("page", "format", *CHOSEN):
        kept.pop(name, None)
    here = request.GET.copy()
    here.pop("page", None)
    return {
        "found": found, "placed": placed, "stats": stats(placed, kept.urlencode()), "chosen": chosen,
        "rows": rows[:MOST_LISTED], "here": here.urlencode(), "asked": kept.urlencode(), "at": at,
        "next": str(at + 1) if len(rows) > MOST_LISTED else "", "before": str(at - 1) if at > 1 else "",
        "verdicts": Verdict.choices, "places": Whereabouts.choices,
        "materials": sorted({(one.material, one.material) for one in placed}),
        "start_balance": mass_balance.of_lots(found.roots, found.as_of),
        "balances": mass_balance.of_lots(found.lots, found.as_of),
        "why_not_recall": policies.why_not(request.user, "recall.declare")
        or (now("This is how it was then. Ask for it as it is now.") if found.as_of else ""),
    }


def stats(placed: list[scope.Placed], asked: str) -> list[dict[str, Any]]:
    """Figures of what is or may be affected by where it is; each leads to its rows."""
    mine = [one for one in placed if one.verdict != Verdict.SAFE]
    tones = {"SHIPPED": "failed", "WIP": "running", "LEAVING": "warning", "LOST": "failed"}
    return [
        {"label": label, "value": count, "tone": tones.get(value, ""), "href": f"?{asked}&where={value}#lots"}
        for value, label in Whereabouts.choices
        if (count := sum(one.lots for one in mine if one.where == value))
    ]


def file(request: HttpRequest, found: Reach) -> StreamingHttpResponse:
    """Every row of the answer as a file."""
    head = [now("Lot or serial"), now("Material"), now("Verdict"), now("Where"), now("Place"), now("Customer"),
            now("Quantity"), now("Unit"), now("State")]
    chosen = {name: request.GET.get(name, "")[:80] for name in CHOSEN}
    rows = scope_rows.sheet(found, request.user, **chosen)
    return list_files.table_file(request.GET["format"], "scope", now("Scope"), head, rows)

"""The gallery of components: every part of the product's look, in every state, on one page with sample data."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant.errors import Refusal
from plant.templatetags.zz_states import ICONS, STATES
from plant.web.design_samples import NOON, SAMPLES
from plant.web.part_forms import PartsField
from plant.web.worksheets import Column, Row, Worksheet
from plant.web.written import WordsField

CODE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 7 7'%3E"
    "%3Cpath d='M0 0h3v3H0zM4 0h3v3H4zM0 4h3v3H0zM4 4h1v1H4zM6 5h1v2H6zM4 6h1v1H4z'/%3E%3C/svg%3E"
)

SWITCHES: dict[str, tuple[Any, dict[str, Any]]] = {
    "theme": (gettext_lazy("Theme"), {
        "light": gettext_lazy("Light"), "dark": gettext_lazy("Dark"), "contrast": gettext_lazy("High contrast"),
    }),
    "language": (gettext_lazy("Language"), {"zh-hans": "简体中文", "en": "English"}),
    "density": (gettext_lazy("Density"), {
        "comfortable": gettext_lazy("Comfortable"), "compact": gettext_lazy("Compact"),
        "tablet": gettext_lazy("Tablet"), "wall": gettext_lazy("Wall"),
    }),
}
TONES = {
    "running": gettext_lazy("Running"), "waiting": gettext_lazy("Waiting"), "held": gettext_lazy("Held"),
    "failed": gettext_lazy("Failed"), "done": gettext_lazy("Done"), "warning": gettext_lazy("Warning"),
    "unknown": gettext_lazy("Unknown"), "info": gettext_lazy("Note"),
}


class Receipt(forms.Form):
    """A form with one of each kind of field."""

    number = forms.CharField(label=gettext_lazy("Lot number"), help_text=gettext_lazy("Scan the supplier's label."))
    quantity = forms.DecimalField(label=gettext_lazy("Quantity"))
    material = forms.ChoiceField(label=gettext_lazy("Material"), choices=[("A", "PCB-100"), ("B", "SOLDER-SAC305")])
    expires = forms.DateField(label=gettext_lazy("Expires"), widget=forms.DateInput({"type": "date"}), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea({"rows": 3}), required=False)
    is_checked = forms.BooleanField(label=gettext_lazy("Label checked"), required=False)


class SignIn(forms.Form):
    """A narrow form."""

    number = forms.CharField(label=gettext_lazy("Staff number"))
    password = forms.CharField(label=gettext_lazy("Password"), widget=forms.PasswordInput)


def _row() -> dict[str, forms.Field]:
    """The fields of a part: every day's first."""
    rest = WordsField(label=_("Words"), required=False, initial={})
    rest.is_first = False  # type: ignore[attr-defined]
    return {"lot": forms.CharField(label=_("Lot number")), "quantity": forms.IntegerField(label=_("Quantity")),
            "words": rest}


class Load(forms.Form):
    """A form with parts."""

    lots = PartsField(label=gettext_lazy("Lots"), fields=_row)


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery in the asked theme, density and language; with ?data=… answer the sample data of one chart."""
    if name := request.GET.get("data"):
        return JsonResponse(SAMPLES[name]()) if name in SAMPLES else JsonResponse({}, status=404)
    asked = {name: value for name, (_label, known) in SWITCHES.items() if (value := request.GET.get(name)) in known}
    with translation.override(asked.get("language", translation.get_language())):
        return render(request, "design/gallery.html", _context(request, asked))


def _context(request: HttpRequest, asked: dict[str, str]) -> dict[str, Any]:
    here = request.path
    return {
        "switches": [(label, _choices(asked, name, known)) for name, (label, known) in SWITCHES.items()],
        "fixed_theme": asked.get("theme", ""), "fixed_density": asked.get("density", ""), "here": here,
        "shares": [{"word": _("Run"), "tone": "running", "start": 0, "percent": 60},
                   {"word": _("Wait"), "tone": "waiting", "start": 60, "percent": 40}],
        "numbers": [1284, "0.5", Decimal("1234567.25"), None],
        "tones": [{"name": name, "icon": icon, "word": TONES[name]} for name, icon in ICONS.items()],
        "states": list(STATES),
        "steps": _steps(), "stages": _stages(),
        "meanings": [("RELEASED", _("Released")), ("REVIEWED", _("Reviewed"))],
        "refusal": Refusal(_("This lot is held and cannot be consumed."), facts={"hold": "H-17"}),
        "now": NOON,
        "conflict": {"conflicts": [{"label": _("Note"), "name": "note", "theirs": "A", "yours": "B"}]},
        "entries": _entries(),
        "lots": _lots(), "worksheet": _worksheet(),
        "balloons": [{"x": 60.0, "y": 50.0, "balloon": {"number": 1, "requirement": _("Note")}}],
        "state_choices": [("HELD", _("Held")), ("AVAILABLE", _("Available"))],
        "form": Receipt({"number": "LOT-2611-0042", "quantity": "-5", "material": "A", "expires": "x"}),
        "short": SignIn(),
        "load": Load({"lots-0-lot": "LOT-2611-0042", "lots-0-quantity": "x", "lots-0-words": "note = dry",
                      "lots-1-lot": "LOT-2611-0043", "lots-1-quantity": "20", "lots-1-gone_part": "on"}),
        "answers": _answers(),
        "chart_tiles": _tiles(),
        "qr_src": CODE,
        **{f"{name}_url": f"{here}?data={name}" for name in SAMPLES},
    }


def _choices(asked: dict[str, str], name: str, known: dict[str, Any]) -> list[dict[str, Any]]:
    """One switch: where each choice leads, the others kept."""
    return [
        {"label": label, "url": f"?{urlencode({**asked, name: value})}", "icon": "",
         "current": "true" if asked.get(name) == value else ""}
        for value, label in known.items()
    ]


def _steps() -> list[dict[str, Any]]:
    return [
        {"label": _("Placement"), "tone": "done", "icon": "circle-check", "at": NOON - timedelta(hours=5)},
        {"label": _("Reflow"), "tone": "held", "icon": "hand-stop", "current": True, "at": NOON - timedelta(hours=1)},
        {"label": "AOI", "icon": "clock-hour-4"},
        {"label": _("Functional test"), "icon": "clock-hour-4"},
        {"label": _("Packing"), "icon": "clock-hour-4"},
    ]


def _stages() -> list[dict[str, Any]]:
    skill = [("certificate", _("Needs a skill"))]
    return [
        {"ops": [{"code": "PLACE", "name": _("Placement"), "tone": "done", "icon": "circle-check"}]},
        {"word": _("one of them"), "ops": [
            {"code": "REFLOW", "name": _("Reflow"), "note": "L1-REFLOW · 12 s", "tone": "held", "icon": "hand-stop",
             "is_current": True},
            {"code": "WAVE", "name": _("Wave soldering"), "href": "#", "marks": skill},
        ]},
        {"ops": [{"code": "PACK", "name": _("Packing"), "is_optional": True}]},
    ]


def _entries() -> list[dict[str, Any]]:
    ago = [NOON - timedelta(minutes=m) for m in (4, 31, 92, 260)]
    return [
        {"at": ago[0], "kind": "lot.held", "title": _("Held"), "actor": "SPC", "reason": _("Zone 3 drifts upwards.")},
        {"at": ago[1], "kind": "lot.moved", "title": _("Moved to AOI"), "actor": "Wang Fang"},
        {"at": ago[2], "kind": "lot.consumed", "title": _("Consumed"), "actor": "Wang Fang", "href": "#"},
        {"at": ago[3], "kind": "lot.received", "title": _("Received"), "actor": "Zhao Lei"},
    ]


def _worksheet() -> Worksheet:
    columns = [
        Column("place", _("Station"), "code", width="m"), Column("note", _("Note"), width="l"),
        Column("quantity", _("Quantity"), "number", width="s"), Column("state", _("State"), "told"),
        Column("checked", _("Label checked"), "check", width="s"),
    ]
    cells = {"place": "AOI", "note": _("Scan the supplier's label."), "quantity": 12, "checked": True}
    return Worksheet(_("Quantity"), "", columns, [Row("1", 1, cells)], why=_("Only shown here"))


def _lots() -> list[dict[str, Any]]:
    rows = [
        ("AVAILABLE", 240, 100, ""), ("HELD", 240, 64, "held"), ("RUNNING", 1240, 38, ""), ("SCRAPPED", 12, 100, ""),
        ("PENDING", 5000, 0, ""), ("EXPIRED", "0.75", 10, "failed"),
    ]
    return [
        {"number": f"LOT-2611-{41 + i:04}", "material": _("Controller board"), "quantity": quantity, "unit": _("pcs"),
         "status": status, "done": done, "tone": tone, "at": NOON - timedelta(hours=7 * i), "by": "Wang Fang"}
        for i, (status, quantity, done, tone) in enumerate(rows)
    ]


def _answers() -> list[dict[str, str]]:
    rows = [
        ("accepted", "circle-check", _("Accepted"), _("Lot consumed, 12 of 40 pcs.")),
        ("warning", "alert-triangle", _("Attention"), _("The lot expires in 2 hours.")),
        ("refused", "circle-x", _("Refused"), _("The lot is held. Bring it to quality.")),
    ]
    return [dict(zip(("state", "icon", "word", "text"), row, strict=True)) for row in rows]


def _tiles() -> list[dict[str, Any]]:
    stream = {"equipment": {"code": "L1-REFLOW"}}
    spark = {"has_band": True, "band_top": "6", "band_height": "28", "line": "M0 20L25 14L50 26L75 18L100 2"}
    rows = [("OUT_OF_CONTROL", _("Out of control"), "failed", "C3"), ("IN_CONTROL", _("In control"), "done", "A1")]
    return [
        {"chart": {"pk": place, "code": f"ZONE-{place}", "stream": stream}, "title": _("Reflow zone 3"), "state": state,
         "word": word, "tone": tone, "last": 247.4, "unit": "°C", "places": 1,
         "standing": {"cpk": 1.02 + place, "grade": grade}, "spark": spark | {"outside": "M100 2h0" if place else ""},
         "violation": None}
        for place, (state, word, tone, grade) in enumerate(rows)
    ]

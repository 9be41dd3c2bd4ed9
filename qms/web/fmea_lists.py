"""The lists of FMEA: the documents, and the risks with whether somebody acts upon them."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, Multi, Reference
from plant.lists.looks import Moment, Number, State, Text
from plant.models import ReviewStatus
from qms.models import Fmea, FmeaKind, FmeaLine
from qms.queries import fmeas
from qms.web.fmea_sheet import ICONS, TONES, WORDS
from traceability.web.list_parts import materials


def fmea_url(fmea: Fmea) -> str:
    return reverse("qms:fmea-detail", args=[fmea.pk])


def line_url(line: FmeaLine) -> str:
    return reverse("qms:fmea-line", args=[line.pk])


def priority_tone(line: Any) -> tuple[str, str]:
    return TONES.get(line.ap, "unknown"), ICONS.get(line.ap, "help-circle")


def priority_word(line: Any) -> str:
    return f"{line.ap} · {WORDS[line.ap]}" if line.ap else str(WORDS[""])


def acted(value: str) -> Q:
    """Chains upon which somebody acts, or nobody."""
    return Q(acted=value == "yes")


CREATE = Link(label=_("New FMEA"), url="qms:fmea-create", action="fmea.edit", icon="plus", kind="primary")
FMEAS = Listing(
    key="fmeas", title=_("FMEA"), url="qms:fmea-list", action="fmea.read",
    subtitle=_("What may fail, why, and what is done so that it does not."), rows=lambda viewer: fmeas.listing(),
    search=("code", "name", "material__code", "material__name", "family__code"), order="fmea", href=fmea_url,
    placeholder=_("Code, name, material or family"),
    columns=(
        Column(key="fmea", label=_("FMEA"), value=str, look=Text(href=fmea_url, icon="hierarchy-3"),
               sort=("code", "-revision")),
        Column(key="kind", label=_("Kind"), value="get_kind_display", sort=("kind",)),
        Column(key="name", label=_("Name"), sort=("name",)),
        Column(key="about", label=_("Product")),
        Column(key="status", label=_("State"), look=State(word=lambda row: row.get_status_display()), sort=("status",)),
        Column(key="lines", label=_("Chains"), value="line_count", look=Number(), sort=("line_count",)),
        Column(key="high", label=_("High priority"), value="high_count", look=Number(), sort=("high_count",)),
        Column(key="open", label=_("Open actions"), value="open_count", look=Number(), sort=("open_count",)),
        Column(key="from", label=_("Effective from"), value="effective.lower", look=Moment()),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=ReviewStatus.choices),
        Multi(key="kind", label=_("Kind"), options=FmeaKind.choices),
        Reference(key="material", label=_("Material"), field="material__code", options=materials),
    ),
    links=(CREATE,),
    nothing=Nothing(
        title=_("No FMEA yet"), icon="hierarchy-3", links=(CREATE,),
        text=_("Begin with the process FMEA of the product that is made most."),
    ),
)
RISKS = Listing(
    key="fmea-risks", title=_("Risks"), url="qms:risk-list", action="fmea.read",
    subtitle=_("Failure chains by priority, and whether somebody acts upon them."),
    rows=lambda viewer: fmeas.risks(), search=("element", "mode", "cause", "effect", "fmea__code"),
    placeholder=_("Element, failure mode, cause or FMEA"), order="-rpn", href=line_url,
    columns=(
        Column(key="mode", label=_("Failure mode"), look=Text(href=line_url, icon="alert-triangle", most=90),
               sort=("mode",)),
        Column(key="cause", label=_("Cause"), look=Text(most=90)),
        Column(key="element", label=_("Element"), sort=("element",)),
        Column(key="priority", label="AP", value="ap", sort=("ap",),
               look=State(word=priority_word, tone=priority_tone)),
        Column(key="severity", label="S", look=Number(), sort=("severity",)),
        Column(key="occurrence", label="O", look=Number(), sort=("occurrence",)),
        Column(key="detection", label="D", look=Number(), sort=("detection",)),
        Column(key="rpn", label="RPN", value="number", look=Number(), sort=("number",)),
        Column(key="special", label=_("Special"), sort=("special",)),
        Column(key="open", label=_("Open actions"), value="open_actions", look=Number(), sort=("open_actions",)),
        Column(key="fmea", label=_("FMEA"), value=lambda line: str(line.fmea), sort=("fmea__code", "fmea__revision")),
        Column(key="status", label=_("State"), value="fmea.status", hidden=True, sort=("fmea__status",),
               look=State(word=lambda line: line.fmea.get_status_display())),
    ),
    filters=(
        Multi(key="priority", label="AP", field="ap", options=[(key, WORDS[key]) for key in ("H", "M", "L")]),
        Choice(key="acted", label=_("Action"), options=[("no", _("Nobody acts")), ("yes", _("Acted upon"))],
               query=acted),
        Multi(key="status", label=_("State"), field="fmea__status", options=ReviewStatus.choices[:3]),
        Multi(key="kind", label=_("Kind"), field="fmea__kind", options=FmeaKind.choices, more=True),
        Reference(key="material", label=_("Material"), field="fmea__material__code", options=materials, more=True),
    ),
    nothing=Nothing(
        title=_("No risk"), icon="shield-check", text=_("Chains that are written in an FMEA stand here."),
        links=(Link(label=_("FMEA"), url="qms:fmea-list", icon="hierarchy-3"),),
    ),
)

"""Routings at the desk: the list of revisions, and one of them drawn with its branches."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mes import drawn_routes
from mes.commands import approvals
from mes.drawn_routes import Drawn
from mes.models import Segment, WorkMaster
from mes.queries import engineering_changes, groups, library, masters, routings
from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Flag, Multi, TextFilter
from plant.lists.looks import Moment, Number, State, Text
from plant.models import Meaning, RevisionStatus
from plant.queries import journal
from plant.templatetags.zz_numbers import num
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, signed

MARKS = (
    ("rework_entry", "arrow-back-up", _("Rework may enter here")),
    ("qualification", "certificate", _("Needs a skill")),
    ("collected", "forms", _("Asks for values")),
    ("asked", "checklist", _("Asks for checks")),
    ("shown", "photo", _("Has pictures or documents")),
)


def routing_url(row: WorkMaster) -> str:
    return reverse("mes:routing-detail", args=[row.pk])


def changed_for_one(_value: str) -> Q:
    return Q(based_on__isnull=False)


ROUTINGS = Listing(
    key="routings", title=_("Routings"), url="mes:routing-list", action="golden.read",
    subtitle=_("How each product is made: operations, materials and what they ask for, by revision."),
    rows=lambda viewer: masters.listing(), search=("code", "name", "material__code", "material__name"),
    placeholder=_("Routing or product"), order="product", href=routing_url,
    columns=(
        Column(key="product", label=_("Product"), value="material", look=Text(href=routing_url, icon="route"),
               sort=("material__code", "code", "-revision")),
        Column(key="routing", label=_("Routing"), value="code", sort=("code", "-revision")),
        Column(key="revision", label=_("Revision"), value="revision", look=Number(), sort=("revision",)),
        Column(key="name", label=_("Name"), value="name", sort=("name",)),
        Column(key="status", label=_("State"), value="status",
               look=State(word=lambda row: row.get_status_display()), sort=("status",)),
        Column(key="since", label=_("Effective since"), value=lambda row: row.effective and row.effective.lower,
               look=Moment()),
        Column(key="many", label=_("Operations"), value="many", look=Number(), sort=("many",)),
        Column(key="for", label=_("Changed for one work order from"), value="based_on", hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), field="status", options=RevisionStatus.choices),
        TextFilter(key="product", label=_("Product"), field="material__code"),
        Flag(key="own", label=_("Changed for one work order"), query=changed_for_one, more=True),
    ),
    links=(Link(label=_("Process library"), url="mes:golden-list", icon="adjustments-horizontal"),),
    nothing=Nothing(
        title=_("No routing yet"), icon="route",
        text=_("Write one in the console, or import routings and bills of materials."),
    ),
)


@needs("golden.read")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One revision: its operations drawn as pieces pass them, what they take and ask, and its work orders."""
    return page(request, pk)


def page(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a revision; a refused act is told in its dialog."""
    master, dialogs = masters.by_id(pk), Dialogs(request, refusal)
    operations = masters.operations(master)
    boxes = {one.code: box(one) for one in operations}
    context = {
        "master": master, "operations": operations, "revisions": masters.revisions(master),
        "stages": drawn_routes.drawn(routings.load(master.pk).stages, boxes), "wrong": groups.why_not(master),
        "proposal": engineering_changes.of_master(master),
        "changes": engineering_changes.compare(master, timezone.now()), "former": engineering_changes.former(master),
        "jobs": masters.following(master)[:20], "timeline": journal.timeline(master),
    }
    if context["proposal"] and master.status == RevisionStatus.DRAFT:
        context |= {
            "dialogs": dialogs, "seen_hash": signatures.content_hash(library.seen(master)), "meaning": Meaning.APPROVED,
            "due": getattr(master, "due", None), "why_not_approve": policies.why_not(request.user, "golden.approve"),
        }
    return render(request, "mes/routing/detail.html", context, status=dialogs.status)


@Acts(find=masters.by_id, back="mes:routing-detail", page=page, key="pk")(
    "golden.approve", done=_("Approved. It comes into effect on its day, by itself.")
)
def approve(request: HttpRequest, master: WorkMaster) -> None:
    """Approve the draft of an engineering change, signed."""
    approvals.approve(work_master=master, **signed(request), by=request.user, at=timezone.now())


def box(one: Segment) -> Drawn:
    """An operation in its box."""
    stations = ", ".join(sorted(station.code for station in one.stations.all())) or gettext("no station")
    takes = gettext("%(seconds)s s") % {"seconds": num(one.seconds_per_piece)} if one.seconds_per_piece else ""
    marks = [(icon, word) for name, icon, word in MARKS if getattr(one, name)]
    optional = [("player-skip-forward", _("May be passed over"))] if one.is_optional else []
    return Drawn(
        one.code, one.title, f"#op-{one.code}", " · ".join(filter(None, (stations, takes))),
        is_optional=one.is_optional, marks=[*marks, *optional],
    )

"""The lists of connections, their messages, the dead letters, mappings and differences."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from integrations import adapters
from integrations.links.commands import desk, reconciling
from integrations.links.outgoing import OUTGOING
from integrations.links.queries import mappings, standing
from integrations.links.queries.standing import Standing
from integrations.models import (
    Connection,
    Difference,
    DifferenceStatus,
    Direction,
    Exchange,
    ExchangeStatus,
    Mapping,
    Measure,
)
from integrations.nouns.registry import CARRIED
from plant.lists.description import Act, Column, Link, Listing, Nothing, Viewer
from plant.lists.filters import Choice, DateRange, Flag, Multi, PersonFilter, TextFilter
from plant.lists.looks import Moment, Number, State, Text, Who
from plant.models import ReviewStatus
from qms.web.reviewing import ReasonForm

STATES: dict[str, tuple[Any, str, str]] = {
    "OFF": (_("Switched off"), "unknown", "power"), "FAILED": (_("Does not answer"), "failed", "plug-connected-x"),
    "WARNING": (_("Messages parked"), "warning", "mail-exclamation"), "LATE": (_("Lags behind"), "warning", "clock"),
    "ONLINE": (_("Works"), "done", "plug-connected"), "UNKNOWN": (_("Not used yet"), "unknown", "help-circle"),
}


def noun_name(code: str) -> str:
    """What an object is called in the plant."""
    if code in OUTGOING:
        return str(OUTGOING[code][0])
    return str(CARRIED[code].name) if code in CARRIED else code


def named(rows: Iterable[Any]) -> list[tuple[Any, str]]:
    """Each row with what its object is called."""
    return [(row, noun_name(row.noun)) for row in rows]


def dressed(found: Sequence[Connection], viewer: Viewer) -> list[Standing]:
    """Connections with how they do."""
    return standing.of(found, viewer.at)


def connection_url(one: Standing) -> str:
    return reverse("integrations:connection-detail", args=[one.connection.code])


def kind_name(one: Standing) -> str:
    adapter = adapters.of(one.connection.kind)
    return str(adapter.label) if adapter else one.connection.kind


def ways(one: Standing) -> str:
    row = one.connection
    return " · ".join(str(word) for has, word in ((row.receives, _("in")), (row.sends, _("out"))) if has)


NEW = Link(label=_("New connection"), url="integrations:connection-create", action="connection.keep", icon="plus",
           kind="primary")
TEMPLATE = Link(label=_("From a template"), url="integrations:connection-begin", action="connection.keep",
                icon="template")
DESK = Link(label=_("Dead letters"), url="integrations:dead-list", action="exchange.read", icon="mail-off")
CONNECTIONS = Listing(
    key="connections", title=_("Connections"), url="integrations:connection-list", action="connection.read",
    subtitle=_("Other systems: what flows, how late, and what is stuck."),
    rows=lambda viewer: Connection.objects.select_related("site"), dress=dressed, search=("code", "name", "endpoint"),
    placeholder=_("Code, name or address"), order="code", href=connection_url,
    tone=lambda one: {"FAILED": "failed", "WARNING": "warning", "LATE": "warning"}.get(one.state, ""),
    columns=(
        Column(key="code", label=_("Code"), value="connection.code", sort=("code",),
               look=Text(href=connection_url, icon="arrows-exchange")),
        Column(key="name", label=_("Name"), value="connection.name", sort=("name",)),
        Column(key="kind", label=_("Kind"), value=kind_name, sort=("kind",)),
        Column(key="ways", label=_("Direction"), value=ways),
        Column(key="state", label=_("State"), value=lambda one: STATES[one.state][0],
               look=State(word=lambda one: STATES[one.state][0], tone=lambda one: STATES[one.state][1:])),
        Column(key="waiting", label=_("On their way"), value="waiting", look=Number()),
        Column(key="oldest", label=_("Oldest waits since"), value="oldest", look=Moment(style="ago")),
        Column(key="hour", label=_("Last hour"), value="last_hour", look=Number()),
        Column(key="parked", label=_("Dead letters"), value="parked", look=Number()),
        Column(key="last", label=_("Last answered"), value="connection.last_ok_at", look=Moment(style="ago"),
               sort=("last_ok_at",)),
        Column(key="error", label=_("Last error"), value="connection.last_error", look=Text(most=90)),
        Column(key="system", label=_("Other system"), sort=("other_system",), hidden=True,
               value=lambda one: f"{one.connection.other_system} {one.connection.other_version}".strip()),
    ),
    filters=(Flag(key="enabled", label=_("In use")), TextFilter(key="kind", label=_("Kind"), field="kind")),
    links=(
        NEW, TEMPLATE, DESK,
        Link(label=_("Messages"), url="integrations:exchange-list", action="exchange.read", icon="mail"),
        Link(label=_("Mappings"), url="integrations:mapping-list", action="mapping.read", icon="arrows-right-left"),
    ),
    nothing=Nothing(
        title=_("No connections yet"), icon="arrows-exchange",
        text=_("A connection leads to one other system. Begin with its address and how one signs in."), links=(NEW,),
    ),
)


def exchange_url(row: Exchange) -> str:
    return reverse("integrations:exchange-detail", args=[row.pk])


EXCHANGE_COLUMNS = (
    Column(key="seq", label=_("Number"), sort=("seq",), value=lambda row: f"{row.get_direction_display()} {row.seq}",
           look=Text(href=exchange_url, icon="mail")),
    Column(key="connection", label=_("Connection"), value="connection.code", sort=("connection__code",)),
    Column(key="noun", label=_("Object"), value=lambda row: noun_name(row.noun), sort=("noun",)),
    Column(key="subject", label=_("Key of the object"), sort=("subject",)),
    Column(key="version", label=_("Version"), hidden=True),
    Column(key="status", label=_("State"), sort=("status",), look=State(word=lambda row: row.get_status_display())),
    Column(key="attempts", label=_("Attempts"), look=Number(), sort=("attempts",)),
    Column(key="made", label=_("Made"), value="made_at", look=Moment(style="second"), sort=("made_at",)),
    Column(key="done", label=_("Carried out"), value="done_at", look=Moment(style="second"), sort=("done_at",)),
    Column(key="error", label=_("Last error"), value="last_error", look=Text(most=140)),
)
EXCHANGE_FILTERS = (
    TextFilter(key="connection", label=_("Connection"), field="connection__code"),
    Choice(key="direction", label=_("Direction"), options=Direction.choices),
    TextFilter(key="noun", label=_("Object"), field="noun"),
    DateRange(key="made", label=_("Made"), field="made_at", more=True),
)
EXCHANGES = Listing(
    key="exchanges", title=_("Messages of connections"), url="integrations:exchange-list", action="exchange.read",
    subtitle=_("Every message in and out, numbered without a gap, with what became of it."), order="-made",
    rows=lambda viewer: Exchange.objects.select_related("connection").defer("body", "edited", "proposed", "words"),
    search=("subject", "claim", "last_error"), placeholder=_("Key, id or error"), href=exchange_url,
    tone=lambda row: "failed" if row.status == ExchangeStatus.DEAD else "", columns=EXCHANGE_COLUMNS,
    filters=(Multi(key="status", label=_("State"), options=ExchangeStatus.choices), *EXCHANGE_FILTERS),
    links=(DESK, Link(label=_("Connections"), url="integrations:connection-list", action="connection.read",
                      icon="arrows-exchange")),
    nothing=Nothing(title=_("No messages yet"), icon="mail", text=_("They appear here once a connection is in use.")),
)
DEAD = Listing(
    key="dead-letters", title=_("Dead letters"), url="integrations:dead-list", action="exchange.read",
    subtitle=_("Messages that could not be carried out. Mend what is wrong, then carry them again; nothing is lost."),
    rows=lambda viewer: Exchange.objects.filter(status=ExchangeStatus.DEAD).select_related(
        "connection", "proposed_by").defer("body", "edited", "words"),
    order="-died", search=("subject", "claim", "last_error"), placeholder=_("Key, id or error"), href=exchange_url,
    columns=(
        *(one for one in EXCHANGE_COLUMNS if one.key in ("seq", "connection", "noun", "subject", "attempts")),
        Column(key="died", label=_("Parked"), value="died_at", look=Moment(style="ago"), sort=("died_at",)),
        Column(key="error", label=_("Why"), value="last_error", look=Text(most=200)),
        Column(key="proposed", label=_("Change proposed by"), value="proposed_by", look=Who()),
    ),
    filters=EXCHANGE_FILTERS,
    acts=(
        Act(key="again", label=_("Carry again"), action="exchange.replay", icon="repeat",
            run=lambda row, by, at: desk.replay(exchange=row, by=by, at=at)),
        Act(key="drop", label=_("Give up"), action="exchange.approve", icon="trash-x", form=ReasonForm,
            trial={"reason": "?"},
            run=lambda row, by, at, reason: desk.drop(exchange=row, reason=reason, by=by, at=at)),
    ),
    links=(Link(label=_("All messages"), url="integrations:exchange-list", action="exchange.read", icon="mail"),),
    nothing=Nothing(title=_("No dead letters"), icon="mail-check", text=_("Everything that came was carried out.")),
)


def mapping_url(row: Mapping) -> str:
    return reverse("integrations:mapping-detail", args=[row.pk])


BEGIN = Link(label=_("New mapping"), url="integrations:mapping-create", action="mapping.edit", icon="plus",
             kind="primary")
MAPPINGS = Listing(
    key="mappings", title=_("Mappings"), url="integrations:mapping-list", action="mapping.read",
    subtitle=_("Whose field is whose, by connection, object and direction."), order="code", href=mapping_url,
    rows=lambda viewer: mappings.every(), search=("code", "note"), placeholder=_("Connection or object"),
    columns=(
        Column(key="code", label=_("Mapping"), value=str, look=Text(href=mapping_url, icon="arrows-right-left"),
               sort=("code", "revision")),
        Column(key="connection", label=_("Connection"), value="connection.name", sort=("connection__name",)),
        Column(key="noun", label=_("Object"), value=lambda row: noun_name(row.noun), sort=("noun",)),
        Column(key="direction", label=_("Direction"), value=lambda row: row.get_direction_display(),
               sort=("direction",)),
        Column(key="status", label=_("State"), sort=("status",), look=State(word=lambda row: row.get_status_display())),
        Column(key="written", label=_("Written by"), value="written_by", look=Who()),
        Column(key="approved", label=_("Approved by"), value="approved_by", look=Who()),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=ReviewStatus.choices),
        TextFilter(key="connection", label=_("Connection"), field="connection__code"),
        Choice(key="direction", label=_("Direction"), options=Direction.choices),
    ),
    links=(BEGIN, Link(label=_("Data dictionary"), url="integrations:dictionary", action="mapping.read", icon="book")),
    nothing=Nothing(title=_("No mappings yet"), icon="arrows-right-left", links=(BEGIN,),
                    text=_("Without one, what comes in is taken to be in our own words.")),
)


def difference_url(row: Difference) -> str:
    return reverse("integrations:difference-detail", args=[row.pk])


DIFFERENCES = Listing(
    key="differences", title=_("Reconciliation"), url="integrations:difference-list", action="reconciliation.read",
    subtitle=_("Where our books and those of other systems differ; each difference is somebody's task."),
    rows=lambda viewer: Difference.objects.select_related("connection", "owner"), order="due", href=difference_url,
    search=("order", "material"), placeholder=_("Order or material"),
    columns=(
        Column(key="order", label=_("Order"), value=lambda row: row.order or "—", sort=("order",),
               look=Text(href=difference_url, icon="scale")),
        Column(key="measure", label=_("Figure"), value=lambda row: row.get_measure_display(), sort=("measure",)),
        Column(key="material", label=_("Material"), sort=("material",)),
        Column(key="ours", label=_("Ours"), look=Number(places=2)),
        Column(key="theirs", label=_("Theirs"), look=Number(places=2)),
        Column(key="by", label=_("Difference"), look=Number(places=2),
               value=lambda row: (row.ours or 0) - (row.theirs or 0)),
        Column(key="unit", label=_("Unit")),
        Column(key="status", label=_("State"), sort=("status",), look=State(word=lambda row: row.get_status_display())),
        Column(key="owner", label=_("Owner"), look=Who(), sort=("owner__name",)),
        Column(key="due", label=_("Due"), value="due_at", sort=("due_at",), look=Moment()),
        Column(key="connection", label=_("Connection"), value="connection.code", sort=("connection__code",)),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=DifferenceStatus.choices,
               default=(DifferenceStatus.OPEN,), blank=_("Open")),
        Multi(key="measure", label=_("Figure"), options=Measure.choices),
        PersonFilter(key="owner", label=_("Owner"), field="owner"),
        TextFilter(key="connection", label=_("Connection"), field="connection__code", more=True),
    ),
    acts=(
        Act(key="settle", label=_("Settle"), action="reconciliation.settle", icon="check", form=ReasonForm,
            trial={"reason": "?"},
            run=lambda row, by, at, reason: reconciling.settle(difference=row, reason=reason, by=by, at=at)),
    ),
    nothing=Nothing(title=_("Both books agree"), icon="scale",
                    text=_("Connections that can count are compared once a day, or from their own page.")),
)

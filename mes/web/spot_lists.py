"""The lists of spot checks: plans, draws, findings."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mes.models import GapKind, SpotCheckStatus, SpotFindingStatus, Weekday
from mes.queries import spot_checks as reading
from mes.web.spot_checks import check_of, lot_url
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Flag, Multi, PersonFilter, TextFilter
from plant.lists.looks import Moment, Number, State, Text, Who
from plant.models import Role

NEW = Link(label=_("New plan"), url="mes:spot-plan-create", action="spot-check.plan", icon="plus", kind="primary")
TO_PLANS = Link(label=_("Plans"), url="mes:spot-plan-list", icon="calendar-event")
TO_CHECKS = Link(label=_("Spot checks"), url="mes:spot-check-list", icon="list-search")
TO_FINDINGS = Link(label=_("Findings"), url="mes:spot-finding-list", icon="alert-triangle")


def when(row: Any) -> str:
    """Day and time, in words."""
    return f"{Weekday(row.weekday).label} {row.time:%H:%M}"


def whose(row: Any) -> str:
    """The role, where nobody is named."""
    return str(Role(row.owner_role).label)


def last_week(row: Any) -> str:
    """The week of the last draw."""
    if row.last_week is None:
        return ""
    year, week, _day = row.last_week.isocalendar()
    return f"{year}-W{week:02d}"


def is_late(row: Any) -> bool:
    """Whether its answer is overdue."""
    return row.status == SpotFindingStatus.OPEN and row.due_at < timezone.now()


PLANS = Listing(
    key="spot-plans", title=_("Plans of spot checks"), url="mes:spot-plan-list", action="spot-check.read",
    subtitle=_("Each week some finished lots are drawn and walked down to raw material; gaps become findings."),
    rows=lambda viewer: reading.plans(), search=("name", "line__code", "family__code"),
    placeholder=_("Name, line or family"), order="name", href=reading.plan_url,
    columns=(
        Column(key="name", label=_("Name"), look=Text(href=reading.plan_url, icon="calendar-event"), sort=("name",)),
        Column(key="line", label=_("Line"), value=lambda row: row.line.code if row.line else _("Every line")),
        Column(key="family", label=_("Product family"), value=lambda row: row.family or _("Every finished good")),
        Column(key="when", label=_("When"), value=when, sort=("weekday", "time")),
        Column(key="lots", label=_("Lots to draw"), value="lots", look=Number(), sort=("lots",)),
        Column(key="owner", label=_("Findings go to"), look=Who(otherwise=whose), sort=("owner__name",)),
        Column(key="is_active", label=_("Draws each week"), value=lambda row: _("Yes") if row.is_active else _("No"),
               sort=("is_active",)),
        Column(key="last", label=_("Last draw"), value=last_week, sort=("last_week",)),
        Column(key="left", label=_("Findings open"), value="left", look=Number(), sort=("left",)),
    ),
    links=(NEW, TO_CHECKS, TO_FINDINGS),
    nothing=Nothing(
        title=_("No spot check is planned"), icon="calendar-event", links=(NEW,),
        text=_("Plan one: which line or product, how many lots, on which day, and who answers."),
    ),
)

CHECKS = Listing(
    key="spot-checks", title=_("Spot checks of trace chains"), url="mes:spot-check-list", action="spot-check.read",
    subtitle=_("What was drawn each week, how complete the chains were, and what is still open."),
    rows=lambda viewer: reading.checks(), search=("plan__name", "lots__lot__number"),
    placeholder=_("Plan or drawn lot"), order="-week", href=reading.check_url,
    tone=lambda row: "warning" if row.left else "",
    columns=(
        Column(key="week", label=_("Week"), value="label", look=Text(href=reading.check_url, icon="list-search"),
               sort=("week", "pk")),
        Column(key="plan", label=_("Plan"), value="plan.name", sort=("plan__name",)),
        Column(key="candidates", label=_("Lots to choose from"), value="candidates", look=Number(),
               sort=("candidates",)),
        Column(key="status", label=_("State"), look=State(word=lambda row: row.get_status_display()),
               sort=("status",)),
        Column(key="found", label=_("Findings"), value="found", look=Number(), sort=("found",)),
        Column(key="left", label=_("Findings open"), value="left", look=Number(), sort=("left",)),
        Column(key="drawn", label=_("Drawn"), value="drawn_at", look=Moment(), sort=("drawn_at",)),
        Column(key="closed", label=_("Closed"), value="closed_at", look=Moment(), sort=("closed_at",), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=SpotCheckStatus.choices),
        TextFilter(key="plan", label=_("Plan"), field="plan__name"),
        DateRange(key="drawn", label=_("Drawn"), field="drawn_at", more=True),
    ),
    links=(TO_PLANS, TO_FINDINGS),
    nothing=Nothing(
        title=_("Nothing was drawn yet"), icon="list-search", links=(TO_PLANS,),
        text=_("Lots are drawn by themselves once the day and time of a plan have come."),
    ),
)

FINDINGS = Listing(
    key="spot-findings", title=_("Findings of spot checks"), url="mes:spot-finding-list", action="spot-check.read",
    subtitle=_("What walks from finished lots to raw material found missing, and who answers for it."),
    rows=lambda viewer: reading.findings(), search=("lot__number", "operation", "what", "spot_check__plan__name"),
    placeholder=_("Lot, operation or plan"), order="due", href=reading.finding_url,
    tone=lambda row: "warning" if is_late(row) else "",
    columns=(
        Column(key="what", label=_("What is missing"), value="get_kind_display",
               look=Text(href=reading.finding_url, icon="alert-triangle"), sort=("kind", "pk")),
        Column(key="lot", label=_("Lot"), value="lot.number", look=Text(href=lot_url, icon="box"),
               sort=("lot__number",)),
        Column(key="operation", label=_("Operation"), value="operation", sort=("operation",)),
        Column(key="detail", label=_("What"), value="what", look=Text(most=60)),
        Column(key="place", label=_("Place"), value="place", sort=("place",), hidden=True),
        Column(key="status", label=_("State"), look=State(word=lambda row: row.get_status_display()),
               sort=("status",)),
        Column(key="owner", label=_("Owner"), look=Who(otherwise=whose), sort=("owner__name",)),
        Column(key="due", label=_("Due"), value="due_at", look=Moment(late=is_late, word=_("Overdue")),
               sort=("due_at", "pk")),
        Column(key="check", label=_("Spot check"), value="spot_check", look=Text(href=check_of),
               sort=("spot_check__week",)),
        Column(key="answered_by", label=_("Answered by"), look=Who(), sort=("answered_by__name",), hidden=True),
        Column(key="closed_by", label=_("Confirmed by"), look=Who(), sort=("closed_by__name",), hidden=True),
        Column(key="closed", label=_("Closed"), value="closed_at", look=Moment(), sort=("closed_at",), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=SpotFindingStatus.choices, default=reading.ALIVE,
               blank=_("Open and answered")),
        Multi(key="kind", label=_("What is missing"), options=GapKind.choices),
        PersonFilter(key="owner", label=_("Owner"), field="owner"),
        Multi(key="role", label=_("Goes to"), field="owner_role", options=Role.choices, more=True),
        Flag(key="left_as_is", label=_("Closed though still missing"),
             query=lambda word: reading.Q(is_mended=False)),
        DateRange(key="due", label=_("Due"), field="due_at", more=True),
    ),
    links=(TO_CHECKS, TO_PLANS),
    nothing=Nothing(
        title=_("No finding is open"), icon="circle-check", links=(TO_CHECKS,),
        text=_("Findings appear here by themselves when a walk meets a lot with gaps."),
    ),
)

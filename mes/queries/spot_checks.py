"""Spot checks: plans, draws with their findings, what waits for somebody, and whether a draw can be drawn again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Count, Max, Model, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from mes import drawing_lots
from mes.models import GapKind, SpotCheck, SpotCheckPlan, SpotFinding, SpotFindingStatus, SpotLot
from mes.queries import completeness, spot_walks
from plant import policies, scoping
from plant.errors import Refusal
from plant.models import Person, Role
from traceability.models import MaterialLot

ALIVE = (SpotFindingStatus.OPEN, SpotFindingStatus.ANSWERED)
OPEN = Q(findings__status__in=ALIVE)
RowT = TypeVar("RowT", bound=Model)


class UnknownSpotCheck(Refusal):
    """A key that no plan, draw or finding carries."""

    code = "unknown-spot-check"


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether drawing again from what is on record today gives the same lots."""

    candidates: int
    is_unchanged: bool
    is_same: bool


@dataclass(frozen=True, slots=True)
class Met:
    """Something missing that a walk met, and the finding that it became, here or in an earlier check."""

    lot: MaterialLot | None
    kind: str
    operation: str
    what: str
    place: str
    finding: SpotFinding | None

    @property
    def label(self) -> str:
        """What kind of gap it is, in words."""
        return str(GapKind(self.kind).label)


def plans() -> "QuerySet[SpotCheckPlan]":
    """Every plan, with when it drew last and what is open of it."""
    rows = SpotCheckPlan.objects.select_related("site", "line", "family", "owner")
    return rows.annotate(
        last_week=Max("checks__week"), many=Count("checks", distinct=True),
        left=Count("checks__findings", filter=Q(checks__findings__status__in=ALIVE), distinct=True),
    )


def plan(pk: int) -> SpotCheckPlan:
    """One plan."""
    return _one(plans(), pk)


def checks() -> "QuerySet[SpotCheck]":
    """Every draw with its findings counted."""
    rows = SpotCheck.objects.select_related("plan__site", "plan__line", "plan__family", "plan__owner")
    return rows.annotate(found=Count("findings", distinct=True), left=Count("findings", filter=OPEN, distinct=True))


def check(pk: int) -> SpotCheck:
    """One draw."""
    return _one(checks(), pk)


def findings() -> "QuerySet[SpotFinding]":
    """Every finding with what its row shows."""
    return SpotFinding.objects.select_related(
        "spot_check__plan__site", "drawn__lot", "lot__material", "owner", "answered_by", "closed_by"
    )


def finding(pk: int) -> SpotFinding:
    """One finding."""
    return _one(findings(), pk)


def lot(pk: int) -> SpotLot:
    """One drawn lot."""
    return _one(SpotLot.objects.select_related("spot_check__plan", "lot__material"), pk)


def _one(rows: "QuerySet[RowT]", pk: int) -> RowT:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise UnknownSpotCheck(_("That is not there any more. Open the page again."))
    return found


def lots(one: SpotCheck) -> list[SpotLot]:
    """The drawn lots in the order of the draw."""
    return list(one.lots.select_related("lot__material").order_by("position"))


def met(row: SpotLot, reader: Person) -> list[Met]:
    """What a walk found missing, each with its finding, as far as its reader reaches the lots."""
    gaps = row.walk["gaps"]
    rows = scoping.visible(MaterialLot.objects.filter(pk__in={gap[0] for gap in gaps}), reader)
    seen, known = rows.in_bulk(), _findings_of(row)
    return [
        Met(seen.get(key), kind, operation, what, place, known.get((key, kind, operation, what)))
        for key, kind, operation, what, place, _weight in gaps
    ]


def _findings_of(row: SpotLot) -> dict[tuple[Any, ...], SpotFinding]:
    """Findings of this draw and, of what was open already, those of earlier ones."""
    near = findings().filter(lot__in={gap[0] for gap in row.walk["gaps"]}, spot_check__lte=row.spot_check_id)
    return {(one.lot_id, one.kind, one.operation, one.what): one for one in near.order_by("spot_check", "pk")}


def sums(one: SpotCheck) -> dict[str, Any]:
    """All drawn lots together: lots met, what was expected, what was missing."""
    found = one.lots.aggregate(met=Sum("met"), ends=Sum("ends"), expected=Sum("expected"), lacking=Sum("lacking"))
    expected, lacking = found["expected"] or 0, found["lacking"] or 0
    return {**found, "percent": 100 * (1 - lacking / expected) if expected else 100.0}


def proof(one: SpotCheck) -> Proof:
    """Draw again by the seed, from the lots that were finished in its period as the record says today."""
    period = spot_walks.Period(one.week, one.from_at, one.to_at)
    numbers = list(spot_walks.finished(one.plan, period))
    again = drawing_lots.draw(one.seed, numbers, len(lots(one)))
    return Proof(
        len(numbers), drawing_lots.fingerprint(numbers) == one.fingerprint,
        again == [row.lot.number for row in lots(one)],
    )


def is_missing(one: SpotFinding, *, now: datetime) -> bool:
    """Whether it is still missing in the record of its lot."""
    gaps = completeness.findings([one.lot_id], now=now)
    return any((gap.kind, gap.operation, gap.what) == (one.kind, one.operation, one.what) for gap in gaps)


def waiting(person: Person) -> list[SpotFinding]:
    """What somebody has to answer, and what they could confirm."""
    mine = Q(status=SpotFindingStatus.OPEN) & (
        Q(owner=person) | Q(owner__isnull=True, owner_role__in=person.roles & set(Role.values))
    )
    if policies.may(person, "spot-check.close"):
        mine |= Q(status=SpotFindingStatus.ANSWERED) & ~Q(answered_by=person)
    rows = SpotFinding.objects.select_related("spot_check__plan", "lot").filter(mine)
    return list(scoping.visible(rows, person).order_by("due_at", "pk")[:50])


def plan_url(one: SpotCheckPlan) -> str:
    """Its page."""
    return reverse("mes:spot-plan-detail", args=[one.pk])


def check_url(one: SpotCheck) -> str:
    """Its page."""
    return reverse("mes:spot-check-detail", args=[one.pk])


def finding_url(one: SpotFinding) -> str:
    """Its page."""
    return reverse("mes:spot-finding-detail", args=[one.pk])

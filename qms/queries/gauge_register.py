"""Gauges: the register, how each stands, whether one may measure something now, and what waits for whom."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import scoping
from plant.errors import Refusal
from plant.models import Person, PersonKind, PersonQualification, Role, SkillLevel
from qms import gauging
from qms.models import (
    Calibration,
    CalibrationResult,
    Characteristic,
    Gauge,
    GaugeLoan,
    GaugeStatus,
    GaugeType,
    InspectionItem,
    InspectionResult,
)
from qms.queries import sensors


class UnknownGauge(Refusal):
    """A code that no gauge carries."""

    code = "unknown-gauge"


SAYS = {
    "withdrawn": gettext_lazy("%(gauge)s is withdrawn. Take another gauge."),
    "held": gettext_lazy("%(gauge)s is on hold. Take another gauge, or ask quality to let it go."),
    "failed": gettext_lazy("%(gauge)s failed its calibration. Take another gauge."),
    "never": gettext_lazy("%(gauge)s was never calibrated. Take another gauge, or have it calibrated first."),
    "overdue": gettext_lazy("The calibration of %(gauge)s has run out. Take another gauge, or have it calibrated."),
    "used-up": gettext_lazy("%(gauge)s has measured as often as its calibration holds for. Take another gauge, or have "
                            "it calibrated."),
}
STANDING_BY_STATUS = {GaugeStatus.WITHDRAWN: "withdrawn", GaugeStatus.ON_HOLD: "held"}


def standing(gauge: Gauge, at: datetime) -> str:
    """How a gauge stands, as a key of SAYS; “soon” or “valid” when it may measure."""
    if gauge.status in STANDING_BY_STATUS:
        return STANDING_BY_STATUS[GaugeStatus(gauge.status)]
    if not gauge.active:
        return "withdrawn"
    if gauge.failed_at is not None:
        return "failed"
    if gauge.due_at is None:
        return "never"
    if gauge.due_at <= at:
        return "overdue"
    if gauge.is_used_up:
        return "used-up"
    return "soon" if gauge.due_at - timedelta(days=gauge.warn_days) <= at else "valid"


def standing_then(gauge: Gauge, at: datetime, now: datetime) -> str:
    """How a gauge stood at a moment, with what has been found out since."""
    if at >= now:
        return standing(gauge, at)
    if gauge.status != GaugeStatus.IN_USE and gauge.stopped_at is not None and gauge.stopped_at <= at:
        return standing(gauge, at)
    rows = Calibration.objects.filter(gauge=gauge).order_by("-at")
    if rows.filter(at__gt=at).exclude(result=CalibrationResult.PASSED).exists():
        return "failed"
    last = rows.filter(at__lte=at).first()
    if last is None or last.next_due_at is None:
        return "never" if last is None else "failed"
    return "overdue" if last.next_due_at <= at else "used-up" if gauge.is_used_up else "valid"


def why_not(gauge: Gauge, at: datetime, now: datetime | None = None) -> str:
    """Why a gauge may not measure at a moment; empty when it may."""
    says = SAYS.get(standing_then(gauge, at, now or at))
    return str(says % {"gauge": gauge.code}) if says else ""


def why_unskilled(kind: GaugeType, person: Person, at: datetime) -> str:
    """Why somebody may not measure with gauges of a type; programs report what a machine measured."""
    if kind.skill_id is None or person.kind != PersonKind.HUMAN:
        return ""
    rows = PersonQualification.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=at), person=person, qualification=kind.skill_id, valid_from__lte=at,
        level__gte=SkillLevel.ALONE,
    )
    if rows.exists():
        return ""
    return _("To measure with %(type)s takes the skill “%(skill)s”, which you do not hold now. Let somebody measure "
             "who does.") % {"type": kind.title, "skill": kind.skill}


def why_unfit(gauge: Gauge, characteristic: Characteristic) -> str:
    """Why the studies of a gauge do not allow it for this tolerance; without a study nothing stands against it."""
    told = gauging.study(gauge, characteristic)
    if told is None:
        return ""
    words = {"gauge": gauge.code, "study": told.code}
    if told.is_unfit:
        return _("Study %(study)s found %(gauge)s unusable for this characteristic. Take another gauge.") % words
    low, high = characteristic.lower, characteristic.upper
    if told.least is None or low is None or high is None or told.unit != characteristic.parameter.unit.symbol:
        return ""
    if high - low >= told.least:
        return ""
    words |= {"least": f"{told.least:.3g} {told.unit}", "width": f"{high - low:.3g} {told.unit}"}
    return _("By study %(study)s, %(gauge)s may judge tolerances from %(least)s on, and this one is %(width)s. Take a "
             "finer gauge.") % words


def listing() -> "QuerySet[Gauge]":
    """Every gauge with the moment from which it is in doubt, and who has it."""
    loans = GaugeLoan.objects.filter(gauge=OuterRef("pk"), returned_at__isnull=True)
    return Gauge.objects.select_related("equipment", "owner", "type").annotate(
        start=Least("due_at", "failed_at"), borrower=Subquery(loans.values("person__name")[:1]),
        lent_station=Subquery(loans.values("station__code")[:1]),
    )


def by_code(code: str) -> Gauge:
    """A gauge by its code."""
    found = Gauge.objects.select_related("equipment", "owner", "type__skill", "type__unit").filter(code=code).first()
    if found is None:
        message = _("There is no gauge “%(code)s”. Scan its label, or choose it from the list.")
        raise UnknownGauge(message % {"code": code[:40]}, facts={"field": "gauge"})
    return found


def scanned(code: str) -> Gauge | None:
    """The gauge of a scanned label, which carries its page's address, or of a typed code; none where nothing came."""
    found = code.strip().rstrip("/").rpartition("/")[2]
    return by_code(found) if found else None


def loan(gauge: Gauge) -> GaugeLoan | None:
    """Who has it now."""
    rows = GaugeLoan.objects.select_related("person", "station", "lent_by")
    return rows.filter(gauge=gauge, returned_at__isnull=True).first()


def usable(kind: int, person: Person, at: datetime) -> list[Gauge]:
    """The gauges of a type that may measure now; those that the person has come first."""
    rows = Gauge.objects.filter(
        Q(failed_at__isnull=True), type=kind, status=GaugeStatus.IN_USE, active=True, due_at__gt=at
    ).exclude(every_uses__isnull=False, uses__gte=F("every_uses"))
    mine = set(GaugeLoan.objects.filter(person=person, returned_at__isnull=True).values_list("gauge", flat=True))
    found = list(scoping.visible(rows, person).order_by("code")[:200])
    return sorted(found, key=lambda one: one.pk not in mine)


def last_used(items: Iterable[InspectionItem], person: Person) -> dict[int, str]:
    """Type → the code of the gauge that a person measured with last in these items."""
    kinds = {item.gauge_type_id for item in items if item.gauge_type_id}
    found = {}
    for kind in kinds:
        rows = InspectionResult.objects.filter(gauge__type=kind, by=person).order_by("-at", "-pk")
        code = rows.values_list("gauge__code", flat=True).first()
        if code:
            found[kind] = code
    return found


def to_tell(at: datetime) -> "QuerySet[Gauge]":
    """The gauges that may have a step to take."""
    soon = Q(due_at__lte=at + F("warn_days") * timedelta(days=1)) | Q(failed_at__lte=at)
    return Gauge.objects.filter(soon, active=True, stage__lt=len(sensors.LATER) + 1).order_by("pk")


def waiting(person: Person) -> list[Gauge]:
    """Gauges that are due or failed, for their owner or the role that it goes to."""
    mine = Q(owner=person) | Q(owner=None, owner_role__in=list(person.roles))
    mine |= Q(stage__gte=3) & sensors.further_up(person)
    rows = Gauge.objects.filter(mine, active=True, stage__gte=1).select_related("equipment").order_by("due_at")
    return list(scoping.visible(rows, person)[:50])


def overseers(person: Person) -> bool:
    """Whether somebody decides what an impact review asks."""
    return bool({Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER} & person.roles)

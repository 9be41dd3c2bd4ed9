"""Checks that are due or were carried out: at a station, of a work order, and waiting for somebody."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from mes.due_checks import MINUTES, PIECES, SHIFT, TOOL
from mes.models import ON_LINE, CheckOccasion, CheckRule, CheckStatus, CheckValue, JobSegment, OperatorCheck
from mes.models.operator_check import OPEN_CHECKS
from mes.queries.data_values import Asked
from plant import files, scoping
from plant.errors import Refusal
from plant.models import Equipment, Person
from traceability.models import Visit


class UnknownCheck(Refusal):
    """A number that no check carries."""

    code = "unknown-check"


def listing() -> QuerySet[OperatorCheck]:
    """Every check with what its row shows."""
    return OperatorCheck.objects.select_related(
        "rule__segment", "job_segment__job_order__line", "job_segment__segment", "station__parent", "done_by",
        "decided_by",
    )


def by_id(pk: int) -> OperatorCheck:
    """One check."""
    found = listing().filter(pk=pk).first()
    if found is None:
        raise UnknownCheck(_("There is no check %(number)s. Open the list of checks.") % {"number": pk})
    return found


def open_at(station: Equipment) -> list[OperatorCheck]:
    """What is due or awaits approval at a station, of work orders that are not ended."""
    rows = listing().filter(station=station, status__in=OPEN_CHECKS, job_segment__job_order__status__in=ON_LINE)
    return list(rows.order_by("-rule__is_blocking", "due_at", "pk"))


def blocking(row: JobSegment, station: Equipment) -> list[OperatorCheck]:
    """The open checks of an operation at a station that work waits for."""
    rows = OperatorCheck.objects.select_related("rule").filter(
        job_segment=row, station=station, status__in=OPEN_CHECKS, rule__is_blocking=True
    )
    return list(rows.order_by("due_at", "pk"))


def rules(segment_id: int, planned_at: datetime) -> list[CheckRule]:
    """The checks of an operation for work that was planned at a moment: what runs keeps those it began with."""
    began = Q(since__isnull=True) | Q(since__lte=planned_at)
    lasts = Q(until__isnull=True) | Q(until__gt=planned_at)
    return list(CheckRule.objects.filter(began, lasts, segment=segment_id).order_by("position", "pk"))


def last_done(row: JobSegment, station: Equipment) -> dict[int, datetime]:
    """Rule → when its check was carried out here last."""
    rows = OperatorCheck.objects.filter(job_segment=row, station=station, done_at__isnull=False).order_by("done_at")
    return {rule: at for rule, at in rows.values_list("rule_id", "done_at") if at is not None}


def asked(check: OperatorCheck) -> list[Asked]:
    """What a check asks for; nothing has an answer before it is carried out."""
    items = check.rule.items.select_related("unit", "parameter__unit", "gauge_type__skill").order_by("position", "pk")
    return [Asked(item, None) for item in items]


def values(check: OperatorCheck) -> list[CheckValue]:
    """What was entered."""
    return list(check.values.select_related("item__unit", "item__parameter__unit", "person"))


def occasions(check: OperatorCheck) -> list[CheckOccasion]:
    """What made a check due, the first event first."""
    return list(check.occasions.order_by("at", "pk"))


def told(check: OperatorCheck, found: Sequence[CheckOccasion]) -> str:
    """Why a check is due, in one line."""
    words = [_word(check.rule, one) for one in found]
    return " · ".join(dict.fromkeys(words))


def _word(rule: CheckRule, one: CheckOccasion) -> str:
    kind = one.key.partition(":")[0].upper()
    if kind == "AGAIN":
        return _("The check before it failed")
    if kind == PIECES:
        return _("%(count)s pieces were made") % {"count": one.detail}
    if kind == MINUTES:
        return _("%(count)s minutes of work") % {"count": one.detail}
    if kind == TOOL:
        return _("Tool changed: %(what)s") % {"what": one.detail}
    if kind == SHIFT:
        return _("The shift changed")
    return str(rule.get_trigger_display())


def at_work(station: Equipment | None = None) -> list[tuple[JobSegment, Equipment]]:
    """Each operation with rules that has a part in work at a station now, and that station."""
    visits = Visit.objects.filter(during__upper_inf=True).select_related("equipment__parent")
    if station is not None:
        visits = visits.filter(equipment=station)
    has_rules = Exists(CheckRule.objects.filter(segment=OuterRef("segment")))
    found: dict[tuple[int, int], tuple[JobSegment, Equipment]] = {}
    here = {(visit.job_order, visit.operation, visit.equipment_id): visit.equipment for visit in visits}
    rows = JobSegment.objects.filter(has_rules, job_order__number__in={job for job, _operation, _place in here})
    by_name = {(row.job_order.number, row.segment.code): row for row in rows.select_related("job_order", "segment")}
    for (job, operation, place), equipment in here.items():
        row = by_name.get((job, operation))
        if row is not None:
            found[row.pk, place] = row, equipment
    return [found[key] for key in sorted(found)]


def waiting(person: Person) -> list[OperatorCheck]:
    """The checks that await somebody else's approval, where a person sees them."""
    rows = OperatorCheck.objects.select_related("rule", "station", "job_segment__job_order")
    rows = rows.filter(status=CheckStatus.ENTERED, job_segment__job_order__status__in=ON_LINE)
    return list(scoping.visible(rows.exclude(done_by=person).order_by("done_at"), person)[:50])


def of_job(job_id: int) -> list[OperatorCheck]:
    """The checks of a work order, the newest first."""
    return list(listing().filter(job_segment__job_order=job_id).order_by("-pk")[:100])


def photo(pk: int) -> CheckValue | None:
    """One value that is a picture."""
    return CheckValue.objects.exclude(key="").filter(pk=pk).select_related("item").first()


@files.register
def spoken_of(keys: set[str]) -> set[str]:
    """Of some keys of files, those that are photos of a check."""
    return set(CheckValue.objects.filter(key__in=keys).values_list("key", flat=True))

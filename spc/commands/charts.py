"""Which stream is watched by which rules."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from qms.models import ControlPlanLine
from spc import estimates
from spc.commands import alarms
from spc.engine.rule import Rule
from spc.engine.rules import MOST_RULES, RULE_SETS
from spc.models import COUNTED, REMEMBERED, SUBGROUPED, ChartKind, ControlChart, Sampling, Violation
from spc.varying import UNZONED
from traceability.models import Stream

LONGEST_INTERVAL = 86_400  # seconds


class ChartRefused(Refusal):
    """A chart that makes no sense."""

    code = "chart-refused"


@command
def create(
    *, code: str, stream: Stream, line: ControlPlanLine, by: Person, at: datetime,
    rules: Sequence[Rule] | str = "default", kind: str = ChartKind.INDIVIDUALS, subgroup_size: int = 1,
    sampling: str = Sampling.IN_A_ROW, every_seconds: int | None = None, only_its_product: bool = False,
    settings: Mapping[str, Any] | None = None,
) -> ControlChart:
    """Watch a stream for a line of the control plan. Readings are judged from its first limits on."""
    policies.check(by, "chart.configure")
    return make(
        code=code, stream=stream, line=line, by=by, at=at, rules=rules, kind=kind, subgroup_size=subgroup_size,
        sampling=sampling, every_seconds=every_seconds, only_its_product=only_its_product, settings=settings or {},
    )


def make(
    *, code: str, stream: Stream, line: ControlPlanLine, by: Person, at: datetime, rules: Sequence[Rule] | str,
    kind: str, subgroup_size: int, sampling: str, every_seconds: int | None, only_its_product: bool,
    settings: Mapping[str, Any], **made_by: Any,
) -> ControlChart:
    """A chart that somebody, or a definition, has asked for and may ask for."""
    if stream.parameter_id != line.characteristic.parameter_id:
        message = _("The stream measures another parameter than the control plan line asks for.")
        raise ChartRefused(message, facts={"field": "stream"})
    check_size(kind, subgroup_size)
    check_interval(stream, sampling, every_seconds, subgroup_size)
    fields = {
        "stream": stream, "line": line, "kind": kind, "subgroup_size": subgroup_size, "rules": checked(rules, kind),
        "settings": checked_settings(kind, settings), "sampling": sampling, "every_seconds": every_seconds,
        "only_its_product": only_its_product, **made_by,
    }
    chart, is_new = ControlChart.objects.get_or_create(code=code.strip(), defaults=fields)
    if not is_new:
        raise ChartRefused(_("There is a chart “%(code)s” already.") % {"code": code}, facts={"field": "code"})
    journal.record("chart.created", subject=chart, by=by, data={"stream": stream.code, "rules": chart.rules, "at": at})
    return chart


@command
def change_rules(
    *, chart: ControlChart, rules: Sequence[Rule] | str, reason: str, by: Person, at: datetime
) -> ControlChart:
    """Judge later readings by other rules; what was flagged stays flagged."""
    policies.check(by, "chart.configure")
    if not reason.strip():
        raise ChartRefused(_("Say why the rules change. An auditor will ask."))
    before, chart.rules = chart.rules, checked(rules, chart.kind)
    chart.save(update_fields=["rules"])
    data = {"from": before, "to": chart.rules, "at": at}
    journal.record("chart.rules-changed", subject=chart, by=by, reason=reason, data=data)
    return chart


@command
def retire(*, chart: ControlChart, reason: str, by: Person, at: datetime) -> ControlChart:
    """Judge no more readings by this chart. What it found stays; what runs on it ends, and is still to be answered."""
    policies.check(by, "chart.configure")
    if not reason.strip():
        raise ChartRefused(_("Say why nobody needs this chart any more."), facts={"field": "reason"})
    found = lock(ControlChart.objects.filter(pk=chart.pk))[0]
    if not found.active:
        raise ChartRefused(_("This chart is retired already."))
    for violation in Violation.objects.filter(chart=found, ended_at__isnull=True):
        alarms.end(violation, max(at, violation.last_at), by=by)
        violation.save(update_fields=["ended_at"])
    found.active = False
    found.save(update_fields=["active"])
    journal.record("chart.retired", subject=found, by=by, reason=reason, data={"at": at})
    return found


@command
def revive(*, chart: ControlChart, reason: str, by: Person, at: datetime) -> ControlChart:
    """Judge readings by a retired chart again, from now on; those that came while nobody watched stay unjudged."""
    policies.check(by, "chart.configure")
    if not reason.strip():
        raise ChartRefused(_("Say why this chart is needed again."), facts={"field": "reason"})
    found = lock(ControlChart.objects.filter(pk=chart.pk))[0]
    if found.active:
        raise ChartRefused(_("This chart is in use already."))
    found.active, found.judged_from = True, at
    if found.evaluated_at is None or found.evaluated_at < at:
        found.evaluated_at, found.evaluated_seq = at, None
    found.save(update_fields=["active", "judged_from", "evaluated_at", "evaluated_seq"])
    journal.record("chart.revived", subject=found, by=by, reason=reason, data={"at": at})
    return found


def check_size(kind: str, size: int) -> None:
    """Refuse a subgroup size that the kind of chart has no use for."""
    if (kind in SUBGROUPED) != (size > 1) or not 1 <= size <= 25:
        message = _("A chart of single values has subgroups of one; a chart of means needs 2 to 25 readings.")
        raise ChartRefused(message, facts={"field": "subgroup_size"})


def checked_settings(kind: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a kind as the chart keeps them."""
    try:
        return estimates.asked(kind, settings)
    except ValueError as error:
        message = _("These settings make no sense: %(why)s Enter others.") % {"why": error}
        raise ChartRefused(message, facts={"field": "settings"}) from error


def check_interval(stream: Stream, sampling: str, every_seconds: int | None, size: int) -> None:
    """Refuse an interval where none belongs, and one too short to hold a sample."""
    if (sampling == Sampling.TIME) != (every_seconds is not None):
        message = _("Samples at intervals need the interval in seconds; other samples have none.")
        raise ChartRefused(message, facts={"field": "every_seconds"})
    if every_seconds is not None and not size * stream.period_ms / 1000 <= every_seconds <= LONGEST_INTERVAL:
        message = _("The interval must be long enough for %(size)s readings of the stream, and at most a day.")
        raise ChartRefused(message % {"size": size}, facts={"field": "every_seconds"})


def checked(rules: Sequence[Rule] | str, kind: str = ChartKind.INDIVIDUALS) -> list[dict[str, object]]:
    """Rules as the chart keeps them: at least one, each once, all treating a missing reading alike.

    A chart that remembers has its own verdict and no rules; one of counts has no zones, so a set leaves such rules out.
    """
    if isinstance(rules, str):
        if rules not in RULE_SETS:
            raise ChartRefused(_("There is no rule set “%(name)s”.") % {"name": rules})
        rules = [rule for rule in RULE_SETS[rules] if kind not in COUNTED or rule.kind in UNZONED]
    if kind in REMEMBERED:
        return []
    if kind in COUNTED and any(rule.kind not in UNZONED for rule in rules):
        raise ChartRefused(_("Counts have no zones. Leave out the rules that look at one or two sigma."))
    if not 1 <= len(rules) <= MOST_RULES or len({rule.id for rule in rules}) < len(rules):
        raise ChartRefused(_("A chart needs between 1 and 32 rules, each of them once."))
    if len({rule.missing for rule in rules if rule.kind != "beyond"}) > 1:
        raise ChartRefused(_("All rules of a chart must treat a missing reading alike: it ends a run, or it does not."))
    return [rule.to_dict() for rule in rules]

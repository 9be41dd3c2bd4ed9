"""Chart definitions: made and changed by people, spread over new combinations by the clock."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Parameter, Person
from plant.queries import persons
from plant.transactions import command
from spc.commands import charts
from spc.engine.rule import Rule
from spc.models import KEYS, ChartDefinition, ChartKind, ControlChart, Sampling
from spc.queries import definitions

CHANGEABLE = ("name", "rules", "settings", "sampling", "every_seconds")


class DefinitionRefused(Refusal):
    """A definition that makes no sense, or that there is already."""

    code = "definition-refused"


@command
def create(
    *, code: str, name: str, parameter: Parameter, equipment: Equipment, by: Person, at: datetime,
    keys: Collection[str] = (), kind: str = ChartKind.INDIVIDUALS, subgroup_size: int = 1,
    rules: Sequence[Rule] | str = "default", settings: Mapping[str, Any] | None = None,
    sampling: str = Sampling.IN_A_ROW, every_seconds: int | None = None,
) -> ChartDefinition:
    """Ask for a chart of each combination of keys that turns up; those there are already get theirs soon."""
    policies.check(by, "chart.configure", on=equipment)
    charts.check_size(kind, subgroup_size)
    check_interval(sampling, every_seconds)
    fields = {
        "name": name.strip() or code, "parameter": parameter, "equipment": equipment, "kind": kind,
        "keys": [key for key in KEYS if key in keys], "subgroup_size": subgroup_size, "sampling": sampling,
        "rules": charts.checked(rules, kind), "settings": charts.checked_settings(kind, settings or {}),
        "every_seconds": every_seconds,
    }
    made, is_new = ChartDefinition.objects.get_or_create(code=code.strip(), defaults=fields)
    if not is_new:
        message = _("There is a chart definition “%(code)s” already.") % {"code": code}
        raise DefinitionRefused(message, facts={"field": "code"})
    data = {"parameter": parameter.code, "within": equipment.code, "keys": made.keys, "kind": kind, "at": at}
    journal.record("definition.created", subject=made, by=by, data=data)
    return made


@command
def change(
    *, definition: ChartDefinition, reason: str, by: Person, at: datetime, name: str, rules: Sequence[Rule] | str,
    sampling: str, every_seconds: int | None, settings: Mapping[str, Any] | None = None,
) -> ChartDefinition:
    """Ask for something else of new charts; those there are change only where somebody takes the offer."""
    policies.check(by, "chart.configure", on=definition)
    if not reason.strip():
        raise DefinitionRefused(_("Say why the definition changes. An auditor will ask."), facts={"field": "reason"})
    check_interval(sampling, every_seconds)
    found = lock(ChartDefinition.objects.filter(pk=definition.pk))[0]
    before = {field: getattr(found, field) for field in CHANGEABLE}
    found.name, found.rules = name.strip() or found.code, charts.checked(rules, found.kind)
    found.settings = charts.checked_settings(found.kind, settings or found.settings)
    found.sampling, found.every_seconds, found.version = sampling, every_seconds, found.version + 1
    found.save(update_fields=[*CHANGEABLE, "version"])
    after = {field: getattr(found, field) for field in CHANGEABLE}
    changed = {field: [before[field], after[field]] for field in CHANGEABLE if before[field] != after[field]}
    data = {"version": found.version, "changed": changed, "at": at}
    journal.record("definition.changed", subject=found, by=by, reason=reason, data=data)
    return found


@command
def switch(*, definition: ChartDefinition, active: bool, reason: str, by: Person, at: datetime) -> ChartDefinition:
    """Make no more charts by this definition, or make them again; those there are stay as they are."""
    policies.check(by, "chart.configure", on=definition)
    if not reason.strip():
        raise DefinitionRefused(_("Say why. An auditor will ask."), facts={"field": "reason"})
    found = lock(ChartDefinition.objects.filter(pk=definition.pk))[0]
    if found.active == active:
        raise DefinitionRefused(_("Somebody has done that already. Look at the definition again."))
    found.active = active
    found.save(update_fields=["active"])
    kind = "definition.resumed" if active else "definition.stopped"
    journal.record(kind, subject=found, by=by, reason=reason, data={"at": at})
    return found


def spread_all(*, at: datetime) -> int:
    """Look at every definition for combinations that have turned up; how many charts were made."""
    by = persons.system("spc")
    return sum(len(spread(definition=one, by=by, at=at)) for one in ChartDefinition.objects.filter(active=True))


@command
def spread(*, definition: ChartDefinition, by: Person, at: datetime) -> list[ControlChart]:
    """Make the charts that the definition asks for and that there are not yet; again, it makes none."""
    policies.check(by, "chart.spread", on=definition)
    found = lock(ChartDefinition.objects.filter(pk=definition.pk).select_related("equipment"))[0]
    if not found.active:
        return []
    there = set(found.charts.values_list("definition_key", flat=True))
    missing = [one for one in definitions.combinations(found, at) if one.key not in there]
    return [_made(found, one, by=by, at=at) for one in missing]


def _made(definition: ChartDefinition, wanted: definitions.Combination, *, by: Person, at: datetime) -> ControlChart:
    """One chart, without limits until somebody freezes some."""
    return charts.make(
        code=free_code(f"{definition.code}.{wanted.key}"), stream=wanted.stream, line=wanted.line, by=by, at=at,
        rules=[Rule.from_dict(one) for one in definition.rules], kind=definition.kind,
        subgroup_size=definition.subgroup_size, sampling=definition.sampling, every_seconds=definition.every_seconds,
        only_its_product="product" in definition.keys, settings=definition.settings, definition=definition,
        definition_key=wanted.key,
    )


def free_code(wanted: str) -> str:
    """A code of a chart that nobody has: letters, digits, dots and hyphens."""
    code = re.sub(r"[^\w.-]+", ".", wanted)[:76]
    taken = set(ControlChart.objects.filter(code__startswith=code).values_list("code", flat=True))
    return next(one for one in (code, *(f"{code}-{n}" for n in range(2, 1000))) if one not in taken)


@command
def apply(
    *, definition: ChartDefinition, chart_codes: Collection[str], reason: str, by: Person, at: datetime
) -> list[ControlChart]:
    """Take the definition's offer for some of its charts. Limits stay as frozen, and so does what they rest on."""
    policies.check(by, "chart.configure", on=definition)
    if not reason.strip():
        raise DefinitionRefused(_("Say why these charts change. An auditor will ask."), facts={"field": "reason"})
    lock(ControlChart.objects.filter(definition=definition, code__in=chart_codes))
    taken = [one for one in definitions.offers(definition, at) if one.chart.code in chart_codes and one.changes]
    if not taken:
        raise DefinitionRefused(_("Choose at least one chart that is behind its definition."))
    for offer in taken:
        chart, fields = offer.chart, [change.field for change in offer.changes]
        for field in fields:
            setattr(chart, field, offer.line if field == "line" else getattr(definition, field))
        chart.save(update_fields=fields)
        data = {
            "definition": definition.code, "version": definition.version, "at": at,
            "changed": {one.field: [one.before, one.after] for one in offer.changes},
        }
        journal.record("chart.definition-applied", subject=chart, by=by, reason=reason, data=data)
    return [offer.chart for offer in taken]


def check_interval(sampling: str, every_seconds: int | None) -> None:
    """Refuse an interval where none belongs."""
    if (sampling == Sampling.TIME) != (every_seconds is not None):
        message = _("Samples at intervals need the interval in seconds; other samples have none.")
        raise DefinitionRefused(message, facts={"field": "every_seconds"})

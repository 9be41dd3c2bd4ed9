"""The lines of a draft control plan: written row by row, or drawn from the risks of an FMEA."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, reviews
from plant.commands.row_edits import RowRefused, check_seen, one_of, place, short_enough, text_of, unknown
from plant.models import Person
from plant.transactions import command
from qms.models import (
    AT_STATIONS,
    COUNTED_TRIGGERS,
    Characteristic,
    CheckMethod,
    ControlPlan,
    ControlPlanLine,
    FloorTrigger,
    GaugeType,
    ReactionPlan,
    Sampling,
)
from qms.models.sampling import NUMBERS

CHOICES: dict[str, list[str]] = {
    "method": CheckMethod.values, "sampling": Sampling.values, "trigger": FloorTrigger.values,
    "aql": ["", *(one for one, _word in NUMBERS)],
}
TEXTS = {"operation": 40, "frequency": 80, "reaction": 2000, "reaction_zh": 2000}
FIELDS = ("operation", "characteristic", "method", "gauge_type", "sampling", "sample_size", "aql", "frequency",
          "trigger", "every", "blocking")
EVERY_RULE = ""


@command
def save(
    *, plan: ControlPlan, key: uuid.UUID, version: int, values: Mapping[str, Any], by: Person, at: datetime,
    after: uuid.UUID | None = None,
) -> ControlPlanLine:
    """Write a row as it was entered over the version that was seen; 0 is a new row, which stands behind `after`."""
    policies.check(by, "control-plan.edit", plan=str(plan))
    fresh = reviews.drafted(plan)
    wanted = {name: clean(name, value) for name, value in values.items()}
    line = ControlPlanLine.objects.filter(plan=fresh, key=key).first()
    is_new = line is None
    if line is None:
        line = ControlPlanLine(plan=fresh, key=key, position=place(fresh.lines.all(), after), version=0)
    before = {name: standing(line, name) for name in wanted}
    if not is_new and before == wanted:
        return line
    if not is_new:
        check_seen(line, version)
    for name in FIELDS:
        if name in wanted:
            setattr(line, name, wanted[name])
    check(line)
    line.version, line.changed_by = line.version + 1, by
    line.save()
    react(line, wanted)
    changed = {name: [told(old), told(wanted[name])] for name, old in before.items() if old != wanted[name]}
    kind = "controlplan.line-added" if is_new else "controlplan.line-changed"
    journal.record(kind, subject=fresh, by=by, data={"line": label(line), "changed": changed, "at": at})
    return line


def clean(name: str, value: Any) -> Any:
    """What is kept of an entry. RowRefused: it makes no sense in this column."""
    text = text_of(value)
    if name in TEXTS:
        return short_enough(name, text, TEXTS[name])
    if name in CHOICES:
        return one_of(name, text, CHOICES[name])
    if name == "characteristic":
        return _characteristic(text)
    if name == "gauge_type":
        return _gauge_type(text)
    if name in ("sample_size", "every"):
        return _number(name, text)
    if name == "blocking":
        return value is True or text.lower() in ("1", "true", "x")
    raise unknown(name)


def _number(name: str, text: str) -> int | None:
    if not text:
        return 1 if name == "sample_size" else None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1_000_000:
        message = _("“%(value)s” is no whole number of at least 1.")
        raise RowRefused(message % {"value": text[:20]}, facts={"field": name})
    return int(text)


def _characteristic(code: str) -> Characteristic:
    found = Characteristic.objects.filter(code__iexact=code).first() if code else None
    if found is None:
        message = _("There is no characteristic “%(code)s”. An administrator adds it in the console.")
        raise RowRefused(message % {"code": code[:60]}, facts={"field": "characteristic"})
    return found


def _gauge_type(code: str) -> GaugeType | None:
    found = GaugeType.objects.filter(code__iexact=code).first() if code else None
    if code and found is None:
        message = _("There is no gauge type “%(code)s”. An administrator adds it in the console.")
        raise RowRefused(message % {"code": code[:60]}, facts={"field": "gauge_type"})
    return found


def check(line: ControlPlanLine) -> None:
    """Refuse a line that contradicts itself or repeats another one, naming the column."""
    if not line.operation:
        raise RowRefused(_("Name the operation."), facts={"field": "operation"})
    if line.characteristic_id is None:
        raise RowRefused(_("Name the characteristic."), facts={"field": "characteristic"})
    line.method = line.method or CheckMethod.INSPECTION
    if line.method == CheckMethod.SPC:
        line.trigger, line.every = FloorTrigger.NONE, None
    elif line.method == CheckMethod.OPERATOR and line.trigger not in AT_STATIONS:
        raise RowRefused(_("Say when the operator check is due."), facts={"field": "trigger"})
    if line.trigger not in COUNTED_TRIGGERS:
        line.every = None
    elif line.every is None:
        raise RowRefused(_("Say after how many pieces or minutes."), facts={"field": "every"})
    if line.sampling != Sampling.AQL:
        line.aql = ""
    elif not line.aql:
        raise RowRefused(_("Sampling by AQL needs an AQL."), facts={"field": "aql"})
    same = ControlPlanLine.objects.filter(
        plan=line.plan, operation=line.operation, characteristic=line.characteristic_id
    ).exclude(pk=line.pk)
    if same.exists():
        message = _("%(line)s stands in this plan already. Change that row.")
        raise RowRefused(message % {"line": label(line)}, facts={"field": "characteristic"})


def react(line: ControlPlanLine, wanted: Mapping[str, Any]) -> None:
    """Keep what is to be done when the line fails, whatever the rule."""
    said = {field: wanted[name] for name, field in (("reaction", "instruction"), ("reaction_zh", "instruction_zh"))
            if name in wanted}
    if not said:
        return
    reaction = line.reactions.filter(rule=EVERY_RULE).first()
    if reaction is None and said.get("instruction"):
        ReactionPlan.objects.create(line=line, rule=EVERY_RULE, **said)
    elif reaction is not None:
        ReactionPlan.objects.filter(pk=reaction.pk).update(**said)


def standing(line: ControlPlanLine, name: str) -> Any:
    """What a row says in a column now."""
    if name in ("reaction", "reaction_zh"):
        rows = line.reactions.filter(rule=EVERY_RULE) if line.pk else ReactionPlan.objects.none()
        field = "instruction" if name == "reaction" else "instruction_zh"
        return rows.values_list(field, flat=True).first() or ""
    if name == "characteristic" and line.characteristic_id is None:
        return None
    return getattr(line, name)


def told(value: Any) -> Any:
    """A value as the record book keeps it."""
    return value.code if isinstance(value, Characteristic | GaugeType) else value


def label(line: ControlPlanLine) -> str:
    """A line in few words."""
    return f"{line.operation} {line.characteristic.code}"


@command
def remove(*, plan: ControlPlan, key: uuid.UUID, version: int, by: Person, at: datetime) -> None:
    """Take a row out of a draft, with its reactions."""
    policies.check(by, "control-plan.edit", plan=str(plan))
    fresh = reviews.drafted(plan)
    line = ControlPlanLine.objects.filter(plan=fresh, key=key).first()
    if line is None:
        return
    check_seen(line, version, is_going=True)
    for reaction in line.reactions.all():
        reaction.steps.all().delete()
        reaction.delete()
    name = label(line)
    line.delete()
    journal.record("controlplan.line-removed", subject=fresh, by=by, data={"line": name, "at": at})

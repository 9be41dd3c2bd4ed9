"""A control plan as a worksheet, and in words what its release changes on the floor."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant.models import Person
from plant.printing import Sheet, Table, facts_of, text
from plant.web.worksheets import Column, Row, Worksheet
from qms import floor
from qms.floor import Change
from qms.models import (
    Characteristic,
    CheckMethod,
    ControlPlan,
    ControlPlanLine,
    FloorTrigger,
    GaugeType,
    ReactionPlan,
    Sampling,
    StopsWhat,
)
from qms.models.sampling import NUMBERS
from qms.queries import plans
from qms.web.fmea_sheet import MOST_CODES, priority

NOUNS: dict[str, tuple[Any, str]] = {
    "INSPECTION": (gettext_lazy("Inspections"), "ruler-measure"),
    "CHART": (gettext_lazy("Control charts"), "chart-dots"),
    "CHECK": (gettext_lazy("Operator checks"), "clipboard-check"), "REACTION": (gettext_lazy("Reactions"), "bolt"),
}
VERBS: dict[str, tuple[Any, str, str]] = {
    "ADDED": (gettext_lazy("Added"), "done", "plus"), "CHANGED": (gettext_lazy("Changed"), "warning", "pencil"),
    "DROPPED": (gettext_lazy("Dropped"), "failed", "minus"),
    "MISSING": (gettext_lazy("Cannot be made"), "held", "alert-triangle"),
}
FIELDS: dict[str, Any] = {
    "sample_size": gettext_lazy("Sample size"), "sampling": gettext_lazy("Sampling"),
    "standard": gettext_lazy("Standard"),
    "level": gettext_lazy("Inspection level"), "aql": gettext_lazy("AQL"), "clearance": gettext_lazy("Skip-lot after"),
    "frequency": gettext_lazy("Frequency"), "blocking": gettext_lazy("Holds the lot"),
    "gauge_type": gettext_lazy("Type of gauge"), "stream": gettext_lazy("Stream"), "trigger": gettext_lazy("When due"),
    "every": gettext_lazy("Every"), "lower": gettext_lazy("Lower limit"), "upper": gettext_lazy("Upper limit"),
    "stops": gettext_lazy("What stands still"), "instruction": gettext_lazy("What to do"),
    "instruction_zh": gettext_lazy("What to do, in Chinese"), "hold_lots": gettext_lazy("Hold the lots"),
    "stop_equipment": gettext_lazy("Stop the equipment"), "owner_role": gettext_lazy("Goes to"),
    "open_nonconformance": gettext_lazy("Open a nonconformance"), "steps": gettext_lazy("Steps"),
    "respond_minutes": gettext_lazy("Answer within minutes"), "close_minutes": gettext_lazy("Settle within minutes"),
}
TICKED = ("blocking", "hold_lots", "stop_equipment", "open_nonconformance")
WORDS: dict[str, Any] = {"trigger": FloorTrigger, "stops": StopsWhat, "sampling": Sampling}
FACTS = ("material", "stage", "routing", "written_by", "submitted_by", "approved_by")


def columns(plan: ControlPlan, at: datetime) -> list[Column]:
    """The columns of a control plan."""
    operations = floor.operations(plan.material, plan.routing, at)
    codes = Characteristic.objects.order_by("code")[:MOST_CODES]
    return [
        Column("operation", _("Operation"), "code", [(one.code, one.name) for one in operations]),
        Column("characteristic", _("Characteristic"), "code", [(one.code, one.title) for one in codes]),
        Column("told", _("Class and limits"), "told"),
        Column("method", _("Method"), "choice", CheckMethod.choices),
        Column("gauge_type", _("Type of gauge"), "code", [(one.code, one.title) for one in GaugeType.objects.all()]),
        Column("sampling", _("Sampling"), "choice", Sampling.choices),
        Column("sample_size", _("Sample size"), "number", width="s"),
        Column("aql", _("AQL"), "choice", [("", "—"), *NUMBERS], "s"),
        Column("frequency", _("Frequency"), "short"),
        Column("trigger", _("When due"), "choice", FloorTrigger.choices, hint=_("Of operator checks and inspections")),
        Column("every", _("Every"), "number", width="s", hint=_("So many pieces or minutes")),
        Column("blocking", _("Blocks"), "check", width="s", hint=_("Lot or work waits for it")),
        Column("reaction", _("What to do"), width="l"),
        Column("reaction_zh", _("What to do, in Chinese"), width="l"),
        Column("risk", _("Failure chain"), "told"),
    ]


def row(line: ControlPlanLine) -> Row:
    """A line as a row."""
    reaction = next((one for one in line.reactions.all() if not one.rule), None)
    cells = {
        "operation": line.operation, "characteristic": line.characteristic.code, "method": line.method,
        "gauge_type": line.gauge_type.code if line.gauge_type else "", "sampling": line.sampling,
        "sample_size": str(line.sample_size), "aql": line.aql,
        "frequency": line.frequency, "trigger": line.trigger, "every": "" if line.every is None else str(line.every),
        "blocking": line.blocking, "reaction": reaction.instruction if reaction else "",
        "reaction_zh": reaction.instruction_zh if reaction else "",
    }
    told = {"told": limits(line.characteristic), "risk": risk(line)}
    return Row(str(line.key), line.version, cells, told, reverse("qms:control-plan-line", args=[line.pk]))


def limits(one: Characteristic) -> SafeString:
    """Class and limits of a characteristic."""
    ends = " … ".join("" if value is None else f"{value:g}" for value in (one.lower, one.upper))
    unit = "" if one.is_counted else f"{ends} {one.parameter.unit.symbol}"
    return format_html("{}<br>{}", one.get_importance_display(), unit)


def risk(line: ControlPlanLine) -> SafeString:
    """The chain that a line watches."""
    chain = line.fmea_line
    if chain is None:
        return SafeString("")
    url = reverse("qms:fmea-line", args=[chain.pk])
    return format_html('<a href="{}">{}</a> {}', url, chain.mode or chain.cause or "—", priority(chain.priority))


def worksheet(plan: ControlPlan, lines: Iterable[ControlPlanLine], why: str, at: datetime) -> Worksheet:
    """The whole plan."""
    url = reverse("qms:control-plan-rows", args=[plan.pk])
    return Worksheet(_("Lines"), url, columns(plan, at), [row(line) for line in lines], why)


def find(plan: ControlPlan, key: uuid.UUID) -> Row | None:
    """A row as it stands now."""
    line = next((one for one in plans.lines_of(plan) if one.key == key), None)
    return row(line) if line else None


def told(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """What a release changes, by what it concerns, in words; what merely goes on is counted."""
    groups: dict[str, dict[str, Any]] = {
        noun: {"title": title, "icon": icon, "rows": [], "kept": 0} for noun, (title, icon) in NOUNS.items()
    }
    for change in changes:
        group = groups[change.noun]
        if change.verb == "KEPT":
            group["kept"] += 1
            continue
        word, tone, icon = VERBS[change.verb]
        details = [(FIELDS.get(name, name), _value(name, old), _value(name, new)) for name, old, new in change.details]
        group["rows"].append({"change": change, "word": word, "tone": tone, "icon": icon, "details": details})
    return [group for group in groups.values() if group["rows"] or group["kept"]]


def _value(name: str, value: str) -> str:
    if name in TICKED:
        return _("yes") if value == "1" else _("no")
    if name in WORDS and value in WORDS[name].values:
        return str(WORDS[name](value).label) if value else "—"
    return value or "—"


def paper(plan: ControlPlan, reader: Person) -> Sheet:
    """The control plan on paper."""
    lines = plans.lines_of(plan)
    heads = [
        _("Operation"), _("Characteristic"), _("Class"), _("Limits"), _("Method"), _("Type of gauge"),
        _("Sample size"), _("Frequency"), _("What to do"), _("Failure chain"),
    ]
    return Sheet(
        kind=_("Control plan"), number=str(plan), title=plan.name, state=str(plan.get_status_display()),
        facts=facts_of(plan, FACTS), tables=[Table(_("Lines"), heads, [_cells(line) for line in lines], (6,))],
    )


def _cells(line: ControlPlanLine) -> list[str]:
    one = line.characteristic
    reactions: list[ReactionPlan] = list(line.reactions.all())
    ends = " … ".join("" if value is None else f"{value:g}" for value in (one.lower, one.upper))
    due = f"{line.get_trigger_display()} {line.every or ''}" if line.trigger else ""
    return [
        line.operation, f"{one.code} {one.title}", str(one.get_importance_display()), "" if one.is_counted else ends,
        str(line.get_method_display()), text(line.gauge_type or one.gauge_type), str(line.sample_size),
        text(line.frequency or due),
        text("; ".join(one.instruction for one in reactions)), text(str(line.fmea_line or "")),
    ]

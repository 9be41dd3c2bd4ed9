"""An FMEA as a worksheet on the screen, on paper and as a file."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant.lists.looks import component
from plant.models import Person
from plant.printing import Sheet, Table, facts_of, text
from plant.web.worksheets import Column, Row, Worksheet
from qms import floor
from qms.models import Characteristic, Fmea, FmeaLine, SpecialMark
from qms.queries import fmeas

TONES = {"H": "failed", "M": "warning", "L": "done"}
ICONS = {"H": "arrow-up", "M": "equal", "L": "arrow-down"}
WORDS: dict[str, Any] = {
    "H": gettext_lazy("High"), "M": gettext_lazy("Medium"), "L": gettext_lazy("Low"), "": gettext_lazy("Not rated"),
}
FIELDS = (
    "element", "function", "effect", "severity", "mode", "cause", "prevention", "occurrence", "detection_control",
    "detection", "special",
)
FACTS = ("kind", "material", "family", "routing", "written_by", "submitted_by", "approved_by")
MOST_CODES = 1000


def columns(fmea: Fmea, at: datetime) -> list[Column]:
    """The columns in the order in which a chain is thought through."""
    operations = floor.operations(fmea.material, fmea.routing, at) if fmea.kind == "PFMEA" else []
    element = _("Operation") if fmea.kind == "PFMEA" else _("Structure element")
    codes = Characteristic.objects.order_by("code")[:MOST_CODES]
    return [
        Column("element", element, "code", [(one.code, one.name) for one in operations], "m"),
        Column("function", _("Function and requirement"), width="l"),
        Column("effect", _("Effect"), width="l"),
        Column("severity", "S", "number", width="s", hint=_("Severity, 1 to 10")),
        Column("mode", _("Failure mode"), width="l"),
        Column("cause", _("Cause"), width="l"),
        Column("prevention", _("Prevention control"), width="l"),
        Column("occurrence", "O", "number", width="s", hint=_("Occurrence, 1 to 10")),
        Column("detection_control", _("Detection control"), width="l"),
        Column("detection", "D", "number", width="s", hint=_("Detection, 1 to 10")),
        Column("ap", "AP", "told", width="s", hint=_("Action Priority")),
        Column("rpn", "RPN", "told", width="s", hint=_("Risk priority number: S times O times D")),
        Column("special", _("Special"), "choice", [(one.value, one.value or "—") for one in SpecialMark], "s",
               _("Special characteristic")),
        Column("characteristic", _("Characteristic"), "code", [(one.code, one.title) for one in codes], "m"),
        Column("actions", _("Actions"), "told", width="s"),
    ]


def priority(value: str) -> SafeString:
    """A priority as colour, letter and word."""
    if not value:
        return component("badge", label=WORDS[""], tone="unknown", icon="help-circle")
    return component("badge", label=f"{value} · {WORDS[value]}", tone=TONES[value], icon=ICONS[value])


def row(line: FmeaLine) -> Row:
    """A chain as a row."""
    cells: dict[str, Any] = {name: "" if (value := getattr(line, name)) is None else value for name in FIELDS}
    cells = {name: str(value) for name, value in cells.items()}
    cells["characteristic"] = line.characteristic.code if line.characteristic else ""
    count = getattr(line, "open_actions", 0)
    told = {
        "ap": priority(line.priority), "rpn": SafeString("" if line.rpn is None else line.rpn),
        "actions": SafeString(count or ""),
    }
    return Row(str(line.key), line.version, cells, told, reverse("qms:fmea-line", args=[line.pk]))


def worksheet(fmea: Fmea, lines: Iterable[FmeaLine], why: str, at: datetime) -> Worksheet:
    """The whole FMEA."""
    url = reverse("qms:fmea-rows", args=[fmea.pk])
    return Worksheet(_("Failure chains"), url, columns(fmea, at), [row(line) for line in lines], why)


def find(fmea: Fmea, key: uuid.UUID) -> Row | None:
    """A row as it stands now."""
    line = next((one for one in fmeas.lines(fmea) if one.key == key), None)
    return row(line) if line else None


def heads() -> list[str]:
    """The heads of the columns in files."""
    return [
        _("Element"), _("Function"), _("Effect"), "S", _("Failure mode"), _("Cause"), _("Prevention control"), "O",
        _("Detection control"), "D", "AP", "RPN", _("Special"), _("Characteristic"),
    ]


def cells(line: FmeaLine) -> list[Any]:
    """A chain as a line of a file."""
    return [
        line.element, line.function, line.effect, line.severity, line.mode, line.cause, line.prevention,
        line.occurrence, line.detection_control, line.detection, line.priority, line.rpn, line.special,
        line.characteristic.code if line.characteristic else "",
    ]


def paper(fmea: Fmea, reader: Person) -> Sheet:
    """The FMEA on paper: its chains, and the actions with what they changed."""
    lines = fmeas.lines(fmea)
    actions = [
        (str(one.line.element), one.text, str(one.owner), text(one.due_at), str(one.get_status_display()),
         f"{one.before} → {one.after}" if one.after else one.before, text(one.taken))
        for line in lines for one in fmeas.actions_of(line)
    ]
    texts = [(_("Scope and assumptions"), fmea.scope), (_("Team"), fmea.team)]
    written = [[text(cell) for cell in cells(line)] for line in lines]
    return Sheet(
        kind=str(fmea.get_kind_display()), number=str(fmea), title=fmea.name, state=str(fmea.get_status_display()),
        facts=facts_of(fmea, FACTS),
        texts=[(name, said) for name, said in texts if said],
        tables=[
            Table(_("Failure chains"), heads(), written, (3, 7, 9, 11)),
            Table(
                _("Actions"),
                [_("Element"), _("What is to be done"), _("Owner"), _("Due"), _("State"), "AP", _("What was done")],
                actions,
            ),
        ],
    )

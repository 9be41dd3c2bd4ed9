"""Nonconformance and inspection as they stand on paper."""

from django.utils.translation import gettext as _

from plant.models import Person
from plant.printing import Sheet, Table, amount, facts_of, text
from qms.models import Inspection, Nonconformance
from qms.queries import inspections as reading
from qms.queries import nonconformances as cases
from qms.queries.inspections import ItemState

CASE_FACTS = (
    "severity", "source_kind", "equipment", "characteristic", "suspect_from", "suspect_to", "owner", "reported_by",
    "due_at", "opened_at", "closed_at",
)
TASK_FACTS = ("kind", "lot", "job_order", "operation", "equipment", "inspector", "due_at", "decided_at")


def nonconformance(case: Nonconformance, reader: Person) -> Sheet:
    """What is wrong, with which lots, and what was decided."""
    lots = [
        (row.lot.number, str(row.lot.material), amount(row.quantity), amount(row.disposed))
        for row in case.lots.select_related("lot__material").order_by("lot__number")
    ]
    decided = [
        (row.lot.number, row.get_decision_display(), amount(row.quantity), row.reason, str(row.by), text(row.at))
        for row in cases.dispositions(case)
    ]
    return Sheet(
        kind=_("Nonconformance"), number=case.number, title=str(case.title), state=str(case.get_status_display()),
        facts=facts_of(case, CASE_FACTS), texts=[(_("Description"), case.description)] if case.description else [],
        tables=[
            Table(_("Lots"), [_("Lot"), _("Material"), _("Suspect"), _("Decided")], lots, (2, 3)),
            Table(
                _("Dispositions"),
                [_("Lot"), _("Decision"), _("Quantity"), _("Reason"), _("By"), _("At")], decided, (2,),
            ),
        ],
    )


def inspection(task: Inspection, reader: Person) -> Sheet:
    """What was measured, against which limits, and the verdict."""
    states = reading.items(task)
    return Sheet(
        kind=str(task.get_kind_display()), number=task.number, title=str(task.lot.material),
        state=str(task.get_verdict_display() or task.get_status_display()), facts=facts_of(task, TASK_FACTS),
        tables=[counted(state) if state.item.characteristic.is_counted else measured(state) for state in states],
    )


def measured(state: ItemState) -> Table:
    """The standing results of one characteristic; what a correction replaced is left out."""
    rows = [
        (str(sample), f"{result.value:g}", _("Pass") if result.passed else _("Fail"))
        for sample, result in state.samples if result
    ]
    limits = " – ".join("" if limit is None else f"{limit:g}" for limit in (state.item.lower, state.item.upper))
    unit = state.item.characteristic.parameter.unit.symbol
    return Table(f"{heading(state)} [{limits} {unit}]", [_("Sample"), _("Value"), _("Verdict")], rows, (0, 1))


def counted(state: ItemState) -> Table:
    """What was looked at, and what was found, with its defects."""
    rows = [
        (str(one.inspected), str(one.found), ", ".join(f"{it.reason.title} {it.quantity}" for it in one.defects.all()),
         str(one.by))
        for one in state.counts
    ]
    return Table(heading(state), [_("Pieces looked at"), _("Not good"), _("Defects"), _("By")], rows, (0, 1))


def heading(state: ItemState) -> str:
    """A characteristic with the plan that its lot was sampled by."""
    item = state.item
    plan = f"n={item.sample_size} Ac={item.ac} Re={item.re}"
    aql = f" {item.get_standard_display()} {item.level} AQL {item.aql}" if item.aql else ""
    return f"{item.characteristic.code} {item.characteristic.title} ({plan}{aql})"

"""Lines of a control plan that are drawn from the chains of an FMEA."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, reviews
from plant.commands.row_edits import STEP, RowRefused, place
from plant.models import Person
from plant.transactions import command
from qms.commands import plan_lines
from qms.models import CheckMethod, ControlPlan, ControlPlanLine, FmeaLine, SpecialMark

CHARTED = ("spc", "control chart", "控制图")
GRAVE = 9  # severity from which a lot waits for its inspection


@command
def propose(*, plan: ControlPlan, lines: Iterable[FmeaLine], by: Person, at: datetime) -> list[ControlPlanLine]:
    """A row for each chain, or the row that watches its characteristic there already; each points back to its chain."""
    policies.check(by, "control-plan.edit", plan=str(plan))
    fresh = reviews.drafted(plan)
    position, made = place(fresh.lines.all(), None), []
    for chain in lines:
        if chain.characteristic_id is None or not chain.element:
            message = _("“%(line)s” names no characteristic. Name it in the FMEA first.")
            raise RowRefused(message % {"line": chain})
        line, is_new = ControlPlanLine.objects.get_or_create(
            plan=fresh, operation=chain.element[:40], characteristic=chain.characteristic,
            defaults={"method": method_of(chain), "position": position, "blocking": is_grave(chain), "changed_by": by,
                      "fmea_line": chain},
        )
        if not is_new and line.fmea_line_id is None:
            line.fmea_line, line.version = chain, line.version + 1
            line.save(update_fields=["fmea_line", "version"])
        position += STEP
        made.append(line)
        data = {"line": plan_lines.label(line), "fmea": str(chain.fmea), "chain": str(chain), "at": at}
        kind = "controlplan.line-added" if is_new else "controlplan.line-changed"
        journal.record(kind, subject=fresh, by=by, data=data)
    if not made:
        raise RowRefused(_("Choose at least one row."))
    return made


def method_of(chain: FmeaLine) -> str:
    """A chart where the FMEA finds the failure by one, else an inspection."""
    said = chain.detection_control.lower()
    return CheckMethod.SPC if any(word in said for word in CHARTED) else CheckMethod.INSPECTION


def is_grave(chain: FmeaLine) -> bool:
    """Whether a lot waits until it was inspected."""
    return (chain.severity or 0) >= GRAVE or chain.special == SpecialMark.CRITICAL


@command
def link(*, line: ControlPlanLine, chain: FmeaLine | None, by: Person, at: datetime) -> ControlPlanLine:
    """Say which chain a line watches, or that it watches none."""
    policies.check(by, "control-plan.edit", plan=str(line.plan))
    plan = reviews.drafted(line.plan)
    found = ControlPlanLine.objects.get(pk=line.pk)
    found.fmea_line, found.version, found.changed_by = chain, found.version + 1, by
    found.save(update_fields=["fmea_line", "version", "changed_by"])
    data = {"line": plan_lines.label(found), "chain": str(chain) if chain else "", "at": at}
    journal.record("controlplan.line-changed", subject=plan, by=by, data=data)
    return found

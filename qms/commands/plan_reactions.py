"""What follows when a line of a control plan fails: reactions by rule, with their steps."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, reviews
from plant.errors import Refusal
from plant.models import Person
from plant.transactions import command
from qms.commands.plan_lines import label
from qms.models import ControlPlanLine, ReactionPlan, ReactionStep

OPTIONAL = "?"  # a step that begins so may be left out


class ReactionRefused(Refusal):
    """A reaction that can't be kept so."""

    code = "reaction-refused"


@command
def put(
    *, line: ControlPlanLine, rule: str, instruction: str, by: Person, at: datetime, instruction_zh: str = "",
    steps: Sequence[str] = (), steps_zh: Sequence[str] = (), **fields: Any,
) -> ReactionPlan:
    """Say what follows when a rule fires on a line of a draft; no rule stands for every rule."""
    policies.check(by, "control-plan.edit", plan=str(line.plan))
    plan = reviews.drafted(line.plan)
    if not instruction.strip():
        raise ReactionRefused(_("Say what is to be done."), facts={"field": "instruction"})
    words = {"instruction": instruction.strip(), "instruction_zh": instruction_zh.strip(), **fields}
    reaction, is_new = ReactionPlan.objects.update_or_create(line=line, rule=rule.strip(), defaults=words)
    reaction.steps.all().delete()
    ReactionStep.objects.bulk_create(
        ReactionStep(
            reaction=reaction, position=place, text=text.removeprefix(OPTIONAL).strip(),
            required=not text.startswith(OPTIONAL),
            text_zh=steps_zh[place - 1].strip() if place <= len(steps_zh) else "",
        )
        for place, text in enumerate(filter(None, (one.strip() for one in steps)), start=1)
    )
    data = {"line": label(line), "rule": rule, "new": is_new, "at": at}
    journal.record("controlplan.line-changed", subject=plan, by=by, data=data)
    return reaction


@command
def remove(*, reaction: ReactionPlan, by: Person, at: datetime) -> None:
    """Take a reaction out of a draft."""
    policies.check(by, "control-plan.edit", plan=str(reaction.line.plan))
    plan = reviews.drafted(reaction.line.plan)
    data = {"line": label(reaction.line), "rule": reaction.rule, "removed": True, "at": at}
    reaction.steps.all().delete()
    reaction.delete()
    journal.record("controlplan.line-changed", subject=plan, by=by, data=data)

"""The reaction plan of a violation step by step: what was done, what comes next (OCAP)."""

from dataclasses import dataclass

from django.utils.translation import get_language

from plant.models import Person
from qms.models import ReactionStep
from qms.queries import plans
from spc.models import Violation, ViolationStep


@dataclass(frozen=True, slots=True)
class Line:
    """A step, what was done about it, and whether it is the one to do now."""

    step: ReactionStep
    taken: ViolationStep | None
    is_next: bool

    @property
    def text(self) -> str:
        """What to do, in the reader's language where the plan has it."""
        chinese = (get_language() or "").startswith("zh") and self.step.text_zh
        return chinese or self.step.text

    @property
    def by(self) -> Person | None:
        return self.taken.by if self.taken else None


def asked(pk: str) -> ReactionStep | None:
    """The step that a form names, if there is one."""
    return ReactionStep.objects.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None


def lines(violation: Violation) -> list[Line]:
    """Every step of the plan in order; the first that nobody took is the next."""
    reaction = plans.reaction_for(line=violation.chart.line, rule=violation.rule)
    taken = {one.step_id: one for one in violation.steps.select_related("by")}
    steps = plans.steps_of(reaction)
    following = next((step for step in steps if step.pk not in taken), None)
    return [Line(step, taken.get(step.pk), step == following) for step in steps]


def required_left(violation: Violation) -> list[ReactionStep]:
    """The steps that must be gone through before the violation may be closed."""
    return [line.step for line in lines(violation) if line.taken is None and line.step.required]

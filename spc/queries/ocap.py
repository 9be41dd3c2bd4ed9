"""The reaction plan of a violation step by step: what was done, what comes next (OCAP)."""

from plant.queries import reaction_steps
from plant.queries.reaction_steps import Line
from qms.models import ReactionStep
from qms.queries import plans
from spc.models import Violation


def asked(pk: str) -> ReactionStep | None:
    """The step that a form names, if there is one."""
    return reaction_steps.asked(ReactionStep, pk)


def lines(violation: Violation) -> list[Line]:
    """Every step of the plan in order; the first that nobody took is the next."""
    reaction = plans.reaction_for(line=violation.chart.line, rule=violation.rule)
    return reaction_steps.lines(plans.steps_of(reaction), violation.steps.select_related("by"))

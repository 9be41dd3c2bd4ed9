"""A reaction plan step by step: what was done about an alarm, and what comes next (OCAP)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import get_language

from plant.models import Person

StepT = TypeVar("StepT", bound=Model)


@dataclass(frozen=True, slots=True)
class Line:
    """A step, what was done about it, and whether it is the one to do now."""

    step: Any
    taken: Any
    is_next: bool

    @property
    def text(self) -> str:
        """What to do, in the reader's language where the plan has it."""
        chinese = (get_language() or "").startswith("zh") and self.step.text_zh
        return str(chinese or self.step.text)

    @property
    def by(self) -> Person | None:
        return self.taken.by if self.taken else None


def lines(steps: Sequence[Any], taken: Iterable[Any]) -> list[Line]:
    """Every step of a plan in its order; the first that nobody took is the next."""
    done = {one.step_id: one for one in taken}
    following = next((step for step in steps if step.pk not in done), None)
    return [Line(step, done.get(step.pk), step == following) for step in steps]


def asked(model: type[StepT], pk: str) -> StepT | None:
    """The step that a form names, if there is one."""
    is_number = pk.isascii() and pk.isdigit() and len(pk) < 19
    return model._default_manager.filter(pk=pk).first() if is_number else None

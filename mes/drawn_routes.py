"""A routing as the component `route` draws it: stages in their order, the operations of a group beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes.ways import Stage

IN_ANY_ORDER, ONE_OF_THEM = _("in any order"), _("one of them")


@dataclass(frozen=True)
class Drawn:
    """An operation in its box."""

    code: str
    name: str = ""
    href: str = ""
    note: Any = ""
    tone: str = ""
    icon: str = ""
    is_current: bool = False
    is_optional: bool = False
    marks: list[tuple[str, Any]] = field(default_factory=list)  # icon, what it says


@dataclass(frozen=True)
class DrawnStage:
    """Operations beside each other, and what has to be done of them."""

    word: Any
    ops: list[Drawn]


def drawn(stages: Iterable[Stage], boxes: Mapping[str, Drawn]) -> list[DrawnStage]:
    """The stages of a routing with the box of each operation (by code), in the order of the boxes within a group."""
    turn = {code: place for place, code in enumerate(boxes)}
    found = []
    for stage in stages:
        word = (ONE_OF_THEM if stage.is_alternative else IN_ANY_ORDER) if stage.group else ""
        ordered = sorted(stage.ops, key=lambda op: turn[op.code])
        found.append(DrawnStage(word, [boxes[op.code] for op in ordered]))
    return found

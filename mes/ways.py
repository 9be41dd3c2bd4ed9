"""The way of a lot through its routing: what is open to it, what it lacks for an operation, where it goes next.

A routing is a row of stages. A stage is one operation, or a group of operations beside each other: all of them in any
order, or one of them. Pieces always stand at one operation of their stage; what stands before that one on the lot's own
way is done. So a lot that takes the operations of a group in another order has that order kept (its turns), and a lot
that chose one of several has its choice kept. The database keeps the same rules (mes/sql/ways.sql).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import Protocol

Turns = Mapping[str, Sequence[str]]


class Op(Protocol):
    """An operation, as far as the way goes."""

    @property
    def code(self) -> str: ...
    @property
    def sequence(self) -> int: ...
    @property
    def group(self) -> str: ...
    @property
    def is_alternative(self) -> bool: ...
    @property
    def is_optional(self) -> bool: ...
    @property
    def rework_entry(self) -> bool: ...


class Lack(Enum):
    """Why an operation is not open to a lot."""

    OUT = "not in process"
    FIRST = "has to pass another operation first"
    PASSED = "has passed it already"
    INSTEAD = "another one was chosen instead"
    APART = "other pieces of the lot are further in the group"


@dataclass(frozen=True)
class Missing:
    """Why an operation is not open, and the operation that this is about."""

    lack: Lack
    operation: str = ""


@dataclass(frozen=True)
class Stage:
    """One operation, or the operations of a group in the order of the routing."""

    ops: tuple[Op, ...]

    @property
    def group(self) -> str:
        return self.ops[0].group

    @property
    def is_alternative(self) -> bool:
        return self.ops[0].is_alternative


def stages(steps: Iterable[Op]) -> tuple[Stage, ...]:
    """The operations of a routing in their order, as stages."""
    ordered = sorted(steps, key=lambda step: step.sequence)
    beside = groupby(ordered, key=lambda step: (step.group, step.group or step.code))
    return tuple(Stage(tuple(found)) for _key, found in beside)


@dataclass(frozen=True)
class Way:
    """A routing as one lot goes through it."""

    stages: tuple[Stage, ...]
    turns: Turns

    def place(self, code: str) -> tuple[int, int]:
        """Where an operation stands: its stage, and its turn in it."""
        return next(
            (number, turn)
            for number, stage in enumerate(self.stages)
            for turn, op in enumerate(self.ordered(stage)) if op.code == code
        )

    def knows(self, code: str) -> bool:
        return any(op.code == code for stage in self.stages for op in stage.ops)

    def ordered(self, stage: Stage) -> tuple[Op, ...]:
        """The operations of a stage in the lot's turn; of alternatives the chosen one first."""
        first = {code: turn for turn, code in enumerate(self.turns.get(stage.group, ()))} if stage.group else {}
        return tuple(sorted(stage.ops, key=lambda op: (first.get(op.code, len(first)), op.sequence)))

    def chosen(self, stage: Stage) -> str:
        """The alternative that the lot has chosen, or nothing."""
        return next(iter(self.turns.get(stage.group, ())), "") if stage.is_alternative else ""

    def after(self, code: str) -> str:
        """Where pieces go that are done there; nothing after the last operation."""
        number, turn = self.place(code)
        stage = self.stages[number]
        if not stage.is_alternative and turn + 1 < len(stage.ops):
            return self.ordered(stage)[turn + 1].code
        return self.ordered(self.stages[number + 1])[0].code if number + 1 < len(self.stages) else ""

    def source(self, code: str, standing: Collection[str]) -> str:
        """The operation at which the pieces stand that this one is open to; nothing where it is not open."""
        if code in standing and not self.closed(code):
            return code
        number, turn = self.place(code)
        ops = self.ordered(self.stages[number])
        here = [one for one, op in enumerate(ops) if op.code in standing]
        if not here or self.closed(code):
            return ""
        if self.stages[number].is_alternative:
            return ops[here[0]].code
        return ops[here[-1]].code if here[-1] < turn else ""

    def closed(self, code: str) -> bool:
        """Another alternative was chosen."""
        stage = self.stages[self.place(code)[0]]
        return self.chosen(stage) not in ("", code)

    def open_to(self, standing: Collection[str]) -> list[str]:
        """Every operation that may be started on the lot now, those at which it stands first."""
        codes = [op.code for stage in self.stages for op in self.ordered(stage)]
        return sorted((code for code in codes if self.source(code, standing)), key=lambda code: code not in standing)

    def missing(self, code: str, standing: Collection[str]) -> Missing | None:
        """Why an operation is not open to a lot that stands at these; None where it is."""
        if self.source(code, standing):
            return None
        places = sorted(self.place(one) for one in standing if self.knows(one))
        if not places:
            return Missing(Lack.OUT)
        number, turn = self.place(code)
        stage = self.stages[number]
        beside = [nth for here, nth in places if here == number]
        if beside and stage.is_alternative:
            return Missing(Lack.INSTEAD, self.chosen(stage))
        if beside and min(beside) < turn:
            return Missing(Lack.APART, self.ordered(stage)[max(beside)].code)
        here, nth = places[0]
        there = self.ordered(self.stages[here])[nth].code
        return Missing(Lack.FIRST if (here, nth) < (number, turn) else Lack.PASSED, there)

    def turned(self, code: str, source: str) -> list[str] | None:
        """The turns of its group once an operation is started with pieces from there; None where they stay."""
        stage = self.stages[self.place(code)[0]]
        if stage.is_alternative:
            return None if self.chosen(stage) == code else [code]
        if source == code:
            return None
        order = [op.code for op in self.ordered(stage) if op.code != code]
        order.insert(order.index(source), code)
        return order

    def entries(self, code: str) -> list[str]:
        """Where rework may enter from an operation: before its stage, or at the operation itself."""
        number = self.place(code)[0]
        return [
            op.code for here, stage in enumerate(self.stages) for op in stage.ops
            if op.rework_entry and (here < number or op.code == code)
        ]


def problems(steps: Sequence[Op], groups: Collection[str]) -> list[tuple[str, str]]:
    """What is wrong with the groups of a routing, as (kind of fault, group or operation)."""
    ordered = sorted(steps, key=lambda step: step.sequence)
    by_group: dict[str, list[int]] = {code: [] for code in groups}
    for nth, step in enumerate(ordered):
        if step.group:
            by_group.setdefault(step.group, []).append(nth)
    found = [("too-few", code) for code, places in by_group.items() if len(places) < 2]
    for code, places in by_group.items():
        if places and places[-1] - places[0] + 1 != len(places):
            found.append(("apart", code))
        members = [ordered[nth] for nth in places]
        if members and members[0].is_alternative and len({one.is_optional for one in members}) > 1:
            found.append(("optional-in-part", code))
    if ordered and (ordered[-1].group or ordered[-1].is_optional):
        found.append(("no-common-end", ordered[-1].code))
    return found

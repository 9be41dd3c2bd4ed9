"""A mapping carried out: their body into our words, ours into theirs, each field with what became of it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from integrations.links import paths, places
from integrations.links.paths import MISSING, BadBody, BadPath, Part
from integrations.links.transforms import TRANSFORMS, BadValue, CodeList, Context
from plant.spoken import pspoken
from plant.spoken import spoken as _

REFUSE, DEFAULT, SKIP = "REFUSE", "DEFAULT", "SKIP"
EVERY = "[]"  # in our field: each row of a list, as lines[].material


@dataclass(frozen=True, slots=True)
class Step:
    """One transform."""

    kind: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a mapping."""

    field: str
    path: str = ""
    steps: tuple[Step, ...] = ()
    default: str = ""
    required: bool = False
    on_error: str = REFUSE


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of one field: both values, and what is wrong, if anything."""

    field: str
    path: str
    theirs: Any = None
    ours: Any = None
    fault: Any = ""
    note: Any = ""


@dataclass(slots=True)
class Mapped:
    """A message carried over: our words (inward) or their body (outward), and the report, field by field."""

    words: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""
    cells: list[Cell] = field(default_factory=list)

    @property
    def faults(self) -> list[Cell]:
        """What was refused."""
        return [cell for cell in self.cells if cell.fault]


@dataclass(frozen=True, slots=True)
class How:
    """How a system writes, and what values are translated by."""

    form: str = paths.JSON
    lists: Mapping[str, CodeList] = field(default_factory=dict)
    zone: str = "UTC"
    root: str = ""


def why(cell: Cell) -> Any:
    """A fault with the field that it is in, for every reader."""
    return _("%(field)s: %(fault)s") % {"field": cell.field, "fault": cell.fault} if cell.field else cell.fault


def inward(rules: Iterable[Rule], body: bytes, how: How) -> Mapped:
    """Their body in our words."""
    done = Mapped()
    try:
        tree = paths.parsed(body, how.form)
    except BadBody as error:
        done.cells.append(Cell("", "", fault=_("The body can't be read: %(why)s") % {"why": error}))
        return done
    for rule in rules:
        try:
            _take(rule, tree, how, done)
        except BadPath:
            done.cells.append(_bad_path(rule))
    return done


def _take(rule: Rule, tree: Any, how: How, done: Mapped) -> None:
    steps = paths.parts(rule.path, how.form)
    if EVERY not in rule.field:
        value = paths.read(tree, steps, how.form) if steps else MISSING
        taken = _changed(rule, value, how, Context(how.lists, _beside(tree, how), how.zone), done)
        if taken is not MISSING:
            _put(done.words, rule.field.split("."), taken)
        return
    head, tail = _cut(steps)
    outer, _mark, inner = rule.field.partition(EVERY)
    rows = done.words.setdefault(outer, [])
    for n, one in enumerate(paths.items(_rows(tree, head, how.form))[: paths.MOST_ITEMS]):
        value = paths.read(one, tail, how.form) if tail else one
        where = Rule(f"{outer}[{n}]{inner}", rule.path, rule.steps, rule.default, rule.required, rule.on_error)
        taken = _changed(where, value, how, Context(how.lists, _beside(one, how), how.zone), done)
        while len(rows) <= n:
            rows.append({})
        if taken is not MISSING:
            _put(rows[n], inner.strip(".").split("."), taken)


def _rows(tree: Any, head: Sequence[Part], form: str) -> Any:
    return paths.nodes(tree, head, form)


def _cut(steps: Sequence[Part]) -> tuple[Sequence[Part], Sequence[Part]]:
    """Before and behind the part that means each of several."""
    at = next((n for n, part in enumerate(steps) if part.every), None)
    return ((), steps) if at is None else (steps[:at], steps[at + 1 :])


def _beside(tree: Any, how: How) -> Any:
    def read(path: str) -> Any:
        try:
            found = paths.read(tree, paths.parts(path, how.form), how.form)
        except BadPath:
            return None
        return None if found is MISSING else found

    return read


def _put(words: dict[str, Any], names: Sequence[str], value: Any) -> None:
    here = words
    for name in names[:-1]:
        here = here.setdefault(name, {})
    here[names[-1]] = value


def _changed(rule: Rule, value: Any, how: How, context: Context, done: Mapped) -> Any:
    """The value after its transforms, its default, or MISSING; what became of it goes into the report."""
    is_const = bool(rule.steps) and rule.steps[0].kind == "CONST"
    note: Any = ""
    taken: Any
    if not is_const and (value is MISSING or value is None or value == ""):
        if rule.default != "":
            taken, note = rule.default, _("default")
        elif rule.required:
            done.cells.append(Cell(rule.field, rule.path, fault=_("Nothing stands there, and it is required.")))
            return MISSING
        else:
            taken, note = MISSING, pspoken("field of a message", "left out")
        done.cells.append(_cell(rule, context, value, taken, note=note))
        return taken
    taken = value
    try:
        for step in rule.steps:
            taken = TRANSFORMS[step.kind](taken, step.argument, context)
    except BadValue as error:
        return _failed(rule, context, value, error, done)
    done.cells.append(_cell(rule, context, value, taken))
    return taken


def _failed(rule: Rule, context: Context, value: Any, error: BadValue, done: Mapped) -> Any:
    if rule.on_error == REFUSE or (rule.on_error == DEFAULT and rule.default == ""):
        done.cells.append(_cell(rule, context, value, None, fault=error.message))
        return MISSING
    taken = rule.default if rule.on_error == DEFAULT else MISSING
    done.cells.append(_cell(rule, context, value, taken, note=error.message))
    return taken


def _cell(rule: Rule, context: Context, before: Any, after: Any, fault: Any = "", note: Any = "") -> Cell:
    left, right = (None if one is MISSING else one for one in (before, after))
    theirs, ours = (right, left) if context.outward else (left, right)
    return Cell(rule.field, rule.path, theirs, ours, fault, note)


def _bad_path(rule: Rule) -> Cell:
    return Cell(rule.field, rule.path, fault=_("This path can't be read. Correct it in the mapping."))


def outward(rules: Iterable[Rule], words: Mapping[str, Any], how: How) -> Mapped:
    """Our words in their body."""
    done = Mapped(words=dict(words))
    tree = places.begun(how.form, how.root)
    for rule in rules:
        try:
            _give(rule, words, tree, how, done)
        except (BadPath, AttributeError, TypeError):
            done.cells.append(_bad_path(rule))
    if not done.faults:
        done.body = places.dumped(tree, how.form)
    return done


def _give(rule: Rule, words: Mapping[str, Any], tree: Any, how: How, done: Mapped) -> None:
    steps = paths.parts(rule.path, how.form)
    if EVERY not in rule.field:
        context = Context(how.lists, lambda name: _named(words, name), how.zone, outward=True)
        given = _changed(rule, _named(words, rule.field), how, context, done)
        if given is not MISSING:
            places.write(tree, steps, given, how.form)
        return
    outer, _mark, inner = rule.field.partition(EVERY)
    rows, given_rows = _named(words, outer), []
    for n, one in enumerate(rows if isinstance(rows, list) else []):
        context = Context(how.lists, lambda name, row=one: _named(row, name), how.zone, outward=True)  # type: ignore[misc]
        where = Rule(f"{outer}[{n}]{inner}", rule.path, rule.steps, rule.default, rule.required, rule.on_error)
        given = _changed(where, _named(one, inner.strip(".")), how, context, done)
        given_rows.append(None if given is MISSING else given)
    if given_rows:
        places.write(tree, steps, given_rows, how.form)


def _named(words: Any, name: str) -> Any:
    here = words
    for part in name.split(".") if name else []:
        if not isinstance(here, Mapping) or part not in here:
            return MISSING
        here = here[part]
    return here

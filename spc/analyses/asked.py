"""An analysis asked for by its name, with columns and options as JSON holds them: checked, bounded, then done.

What is wrong is told with a JSON pointer (RFC 6901) to it. Analyses are loaded when they are first asked for, because
scipy, on which some of them stand, takes a second that no other page should pay.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from spc.analyses import answers
from spc.analyses.options import Options


class Place(NamedTuple):
    """Where an analysis lies, and how many values keep it within a few seconds on one core."""

    module: str
    function: str = "analyse"
    most: int = 200_000


# By name; those that have a command have its name.
WHERE = {
    "chart": Place("spc.analyses.chart", most=50_000),
    "capability": Place("spc.analyses.capability", most=50_000),  # fits up to seven distributions
    "gage_rr": Place("spc.analyses.gage_rr", most=20_000),
    "attribute_agreement": Place("spc.analyses.attribute_agreement", most=20_000),
    "bias": Place("spc.analyses.msa", "bias"),
    "linearity": Place("spc.analyses.msa", "linearity", most=10_000),
    "stability": Place("spc.analyses.msa", "stability"),
    "type_one": Place("spc.analyses.msa", "type_one"),
    "sampling_plan": Place("spc.analyses.sampling_plan"),
}
MOST_COLUMNS = 100
# What a chart takes, whose options are open: those of `Options`, also in the words that people have for some of them.
MORE: dict[str, Any] = {
    **get_type_hints(Options), "lambda": float | None, "n": float | None, "target": float | None, "fir": float | bool,
    "columns": str | tuple[str, ...], "exclude": str | tuple[int, ...],
}
MOST_DIFFERENT = {"appraiser": 50, "rating": 50}  # every pair of them is compared
_CELL = re.compile(r"Line (\d+)\b.*?column ([^:]+):")
_JSON = {bool: (bool,), int: (int,), float: (int, float), str: (str,), NoneType: (NoneType,), object: (int, float, str)}

Analysis = Callable[..., dict[str, Any]]


class NotUnderstood(ValueError):
    """What was asked can't be done; `pointer` leads to the part of the question that is wrong."""

    def __init__(self, text: str, pointer: str = "") -> None:
        super().__init__(text)
        self.pointer = pointer


def run(name: object, data: object, options: object) -> dict[str, Any]:
    """The answer of an analysis, as its command prints it with --json; NotUnderstood says what is wrong, and where."""
    if not isinstance(name, str) or name not in WHERE:
        raise NotUnderstood(f"There is no analysis {name!r}; choose one of {', '.join(WHERE)}.", "/analysis")
    columns, act = _columns(data, WHERE[name].most), _find(name)
    wanted = _options(options, act)
    try:
        found = act(columns, **wanted)
    except OverflowError as error:
        raise NotUnderstood("A number is too large or too small to be worked with.") from error
    except ValueError as error:
        raise NotUnderstood(str(error), _place(str(error), columns)) from error
    plain: dict[str, Any] = answers.plain(found)
    return plain


@cache
def _find(name: str) -> Analysis:
    place = WHERE[name]
    act: Analysis = getattr(import_module(place.module), place.function)
    return act


def _columns(data: object, most: int) -> dict[str, list[Any]]:
    """Columns of one length, of numbers, texts and null; nothing at all is no column."""
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise NotUnderstood("The data are an object: the name of each column, and the list of its values.", "/data")
    if len(data) > MOST_COLUMNS:
        raise NotUnderstood(f"There are {len(data)} columns; {MOST_COLUMNS} is the most.", "/data")
    for name, cells in data.items():
        if not isinstance(cells, list):
            raise NotUnderstood("A column is a list of values.", _pointer("data", name))
        _check_cells(name, cells)
    if sum(map(len, data.values())) > most:
        raise NotUnderstood(f"There are more than {most} values. Send fewer, or use the command.", "/data")
    if len(set(map(len, data.values()))) > 1:
        raise NotUnderstood("The columns have different lengths; write null where a value is missing.", "/data")
    return data


def _check_cells(name: str, cells: list[Any]) -> None:
    most = MOST_DIFFERENT.get(name.strip().casefold())
    for i, cell in enumerate(cells):
        if isinstance(cell, dict | list | bool):
            raise NotUnderstood("A value is a number, a text or null.", _pointer("data", name, i))
    if most is not None and len(set(cells)) > most:
        raise NotUnderstood(f"This column has more than {most} different values.", _pointer("data", name))


def _options(options: object, act: Analysis) -> dict[str, Any]:
    """Options that the analysis knows, each of a kind that it takes."""
    options = {} if options is None else options
    if not isinstance(options, dict):
        raise NotUnderstood("The options are an object of names and values.", "/options")
    words = list(inspect.signature(act).parameters.values())[1:]
    hints = get_type_hints(act)
    known = {word.name: hints.get(word.name, object) for word in words if word.kind == inspect.Parameter.KEYWORD_ONLY}
    if any(word.kind == inspect.Parameter.VAR_KEYWORD for word in words):
        known |= MORE
    for name, value in options.items():
        if name not in known:
            raise NotUnderstood(f"There is no such option; choose from {', '.join(known)}.", _pointer("options", name))
        if not _fits(value, known[name]):
            raise NotUnderstood("This option takes a value of another kind.", _pointer("options", name))
    missing = [w.name for w in words if w.name in known and w.default is w.empty and w.name not in options]
    if missing:
        raise NotUnderstood(f"This option is needed: {', '.join(missing)}.", "/options")
    return options


def _fits(value: object, hint: Any) -> bool:
    """Whether what JSON holds is of the kind that an option is annotated with; a truth value is no number."""
    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    if isinstance(value, list | dict):
        return any(_holds(value, kind) for kind in kinds if get_origin(kind) is not None)
    allowed = tuple(one for kind in kinds for one in _JSON.get(kind, ()))
    return isinstance(value, allowed) and not (isinstance(value, bool) and bool not in allowed)


def _holds(value: list[Any] | dict[str, Any], kind: Any) -> bool:
    """Whether a list or an object has only what its annotation names; Any is everything."""
    inner = get_args(kind)[-1] if get_args(kind)[-1] is not Ellipsis else get_args(kind)[0]
    return inner is Any or (isinstance(value, list) and all(_fits(one, inner) for one in value))


def _place(text: str, columns: Mapping[str, Any]) -> str:
    """The cell or column that a text names, as far as it names one."""
    if (cell := _CELL.search(text)) and cell[2] in columns:
        return _pointer("data", cell[2], int(cell[1]) - 2)
    return ""


def _pointer(*parts: object) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)

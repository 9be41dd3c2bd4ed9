"""Results of measuring machines in QIF (ANSI/DMSC Quality Information Framework 2.1 and 3.0, part 6): read, not stored.

What the file says is kept as it says it: names, limits, values, and the machine's own verdicts. Lengths are in the
file's primary unit. A file with a document type is refused: no results need one, and entities could grow without end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree


class Unreadable(ValueError):
    """A file that is no QIF with results; says what is wrong with it."""


@dataclass(frozen=True)
class Value:
    """One measured value of a part, with the machine's verdict (PASS, FAIL, or what else the standard names)."""

    part: int
    value: float
    status: str


@dataclass
class Measured:
    """A characteristic at one feature, with its values part by part. A geometric tolerance has no lower limit."""

    name: str
    kind: str
    feature: str
    nominal: float | None
    lower: float | None
    upper: float | None
    values: list[Value] = field(default_factory=list)

    def is_within(self, value: float) -> bool:
        """By its limits alone; a bonus from material conditions is the machine's to know."""
        return (self.lower is None or value >= self.lower) and (self.upper is None or value <= self.upper)


@dataclass
class Results:
    """All parts of a file: whether each was judged good, and the characteristics in the file's order."""

    unit: str
    parts: list[str]
    characteristics: list[Measured]


class _NoDoctype(ElementTree.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse it."""
        raise Unreadable("The file declares a document type; QIF has none. Export it again.")


def read(source: Path | IO[bytes]) -> Results:
    """The results in a file; Unreadable when there are none."""
    try:
        safe = ElementTree.XMLParser(target=_NoDoctype())  # noqa: S314 - what makes XML unsafe is refused
        root = ElementTree.parse(source, safe).getroot()  # noqa: S314
    except ElementTree.ParseError as error:
        raise Unreadable(f"The file is no XML: {error}. Export it again.") from error
    for one in root.iter():
        one.tag = one.tag.rpartition("}")[2]
    if root.tag != "QIFDocument":
        raise Unreadable(f"The file is a {root.tag}, not a QIF document.")
    return _results(root)


def _results(root: ElementTree.Element) -> Results:
    runs = list(root.iter("MeasurementResults"))
    if not runs:
        raise Unreadable("The file holds no measured results: export results, not only the plan.")
    by_id = {one.get("id", ""): one for one in root.iter() if one.get("id")}
    found: dict[tuple[str, str], Measured] = {}
    for part, run in enumerate(runs, start=1):
        seen: dict[str, int] = {}
        for actual in _actuals(run):
            item = by_id.get(_text(actual, "CharacteristicItemId"))
            if item is None:
                raise Unreadable(f"Part {part} has a value of no characteristic of this file.")
            feature, name = _feature(actual, by_id), item.get("id", "")
            seen[name] = seen.get(name, 0) + 1
            key = (name, feature or f"#{seen[name]}")
            if key not in found:
                found[key] = _measured(item, feature, by_id)
            measured = found[key]
            measured.values.append(Value(part, _number(actual, "Value"), _text(actual, "Status/*")))
    return Results(_unit(root), [_text(run, "InspectionStatus/*") for run in runs], list(found.values()))


def _actuals(run: ElementTree.Element) -> Iterator[ElementTree.Element]:
    group = run.find("MeasuredCharacteristics/CharacteristicActuals")
    yield from () if group is None else group


def _feature(actual: ElementTree.Element, by_id: dict[str, ElementTree.Element]) -> str:
    """The feature that a value was measured at, by its name; blank where it names none, or several."""
    ids = [one.text or "" for one in actual.findall("FeatureActualIds/Id")]
    if len(ids) != 1:
        return ""
    measured = by_id.get(ids[0])
    item = by_id.get(_text(measured, "FeatureItemId")) if measured is not None else None
    return _text(item, "FeatureName") if item is not None else ""


def _measured(item: ElementTree.Element, feature: str, by_id: dict[str, ElementTree.Element]) -> Measured:
    nominal = by_id.get(_text(item, "CharacteristicNominalId"))
    definition = by_id.get(_text(nominal, "CharacteristicDefinitionId")) if nominal is not None else None
    target = _maybe(nominal, "TargetValue")
    lower, upper, is_form = _limits(definition, target)
    kind = item.tag.removesuffix("CharacteristicItem")
    name = _text(item, "Name") or f"{kind} {item.get('id')}"
    return Measured(name, kind, feature, 0.0 if is_form and target is None else target, lower, upper)


def _limits(
    definition: ElementTree.Element | None, target: float | None
) -> tuple[float | None, float | None, bool]:
    """Lower, upper, and whether it is a geometric tolerance: a zone that is only as wide, so it has no lower limit."""
    if definition is None:
        return None, None, False
    zone = _maybe(definition, "ToleranceValue")
    if zone is not None:
        return None, abs(zone), True
    low, high = _maybe(definition, "Tolerance/MinValue"), _maybe(definition, "Tolerance/MaxValue")
    if _text(definition, "Tolerance/DefinedAsLimit") in ("true", "1") or target is None:
        return low, high, False
    return None if low is None else target + low, None if high is None else target + high, False


def _unit(root: ElementTree.Element) -> str:
    return _text(root, "FileUnits/PrimaryUnits/LinearUnit/UnitName")


def _text(one: Any, path: str) -> str:
    found = one.find(path)
    return (found.text or "").strip() if found is not None else ""


def _maybe(one: ElementTree.Element | None, path: str) -> float | None:
    return _number(one, path) if one is not None and _text(one, path) else None


def _number(one: ElementTree.Element, path: str) -> float:
    text = _text(one, path)
    try:
        return float(text)
    except ValueError as error:
        raise Unreadable(f"“{text}” in {one.tag} is no number.") from error

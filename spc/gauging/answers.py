"""The analysis of a whole study by its kind: figures as the command of that analysis gives them, verdict and spread.

Analyses are loaded when a study is first asked for, because scipy, on which some of them stand, takes half a second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NamedTuple

from spc.analyses import answers
from spc.gauging.kinds import UNCERTAINTIES

LARGEST_SHARE = 30.0  # percent of a tolerance that measuring may take (AIAG MSA 4th ed., ch. II-D; ISO 22514-7)
AGREES, BARELY = 0.75, 0.40  # kappa of good and of poor agreement (AIAG MSA 4th ed., ch. III-C)
RANKS = ("acceptable", "marginal", "unacceptable")
Answer = dict[str, Any]


class Reading(NamedTuple):
    """One measured cell; `value` is a number or, where parts are judged, a word."""

    part: int
    appraiser: str
    trial: int
    value: Any


@dataclass(frozen=True, slots=True)
class Design:
    """What an analysis must know: references and right ratings by part, limits of the tolerance, settings."""

    kind: str
    method: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    lower: float | None = None
    upper: float | None = None
    references: Mapping[int, float] = field(default_factory=dict)
    standards: Mapping[int, str] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """The tolerance; ValueError where a limit is missing."""
        if self.lower is None or self.upper is None:
            raise ValueError("This study needs a tolerance with two limits.")
        return self.upper - self.lower


def analyse(design: Design, readings: Sequence[Reading]) -> Answer:
    """Figures of the study in what JSON knows, with `verdict` and `spread`.

    spread  what the measuring takes of a tolerance, in the unit of the readings; None where the kind does not tell.
    ValueError says why there is none: no spread, or a limit that is missing.
    """
    found: Answer = answers.plain(KINDS[design.kind](design, readings))
    return found


def share(spread: float, lower: float | None, upper: float | None) -> float | None:
    """Percent of a tolerance that the measuring takes; None where the tolerance has one limit."""
    return None if lower is None or upper is None else 100 * spread / (upper - lower)


def _act(module: str, name: str) -> Any:
    return getattr(import_module(f"spc.analyses.{module}"), name)


def _columns(readings: Sequence[Reading], value: str = "value") -> dict[str, list[Any]]:
    names = ("part", "appraiser", "trial", value)
    return dict(zip(names, map(list, zip(*sorted(readings), strict=True)), strict=True))


def _gage_rr(design: Design, readings: Sequence[Reading]) -> Answer:
    method = "nested" if design.kind == "nested" else design.method
    options = {name: design.settings[name] for name in ("alpha",) if name in design.settings}
    found = _act("gage_rr", "analyse")(
        _columns(readings), method=method, lsl=design.lower, usl=design.upper, **options
    )
    return {**found, "spread": found["components"]["grr"]["study_variation"]}


def _attribute(design: Design, readings: Sequence[Reading]) -> Answer:
    columns = _columns(readings, "rating")
    if design.standards:
        columns["standard"] = [design.standards[part] for part in columns["part"]]
    options = {"good": design.settings["ratings"][0], "lsl": design.lower, "usl": design.upper}
    act = _act("attribute_agreement", "analyse")
    found = act(columns, **options)
    if len(design.references) == len(set(columns["part"])):
        measured = columns | {"value": [design.references[part] for part in columns["part"]]}
        try:
            found = act(measured, **options)
        except ValueError as reason:  # the parts do not reach beyond the grey zone: everything else still holds
            found["signal_detection_refused"] = str(reason)
    return {**found, "verdict": _of_ratings(found), "spread": None}


def _of_ratings(found: Answer) -> str:
    """The worst of the appraisers against the standard; without one, what Fleiss' kappa says of all."""
    if "by_appraiser" in found:
        worst: str = max((one["verdict"] for one in found["by_appraiser"].values()), key=RANKS.index)
        return worst
    kappa = found["fleiss"]["kappa"]
    if kappa is None or kappa < BARELY:
        return "unacceptable" if kappa is not None else "marginal"
    return "acceptable" if kappa > AGREES else "marginal"


def _bias(design: Design, readings: Sequence[Reading]) -> Answer:
    found = _act("msa", "bias")(
        _columns(readings), reference=design.references[1], alpha=design.settings["alpha"]
    )
    repeats = None if design.lower is None or design.upper is None else 600 * found["stdev"] / design.width
    verdict = "unacceptable" if found["is_significant"] else "acceptable"
    return {**found, "percent_repeatability": repeats, "verdict": verdict, "spread": None}


def _linearity(design: Design, readings: Sequence[Reading]) -> Answer:
    columns = _columns(readings)
    columns["reference"] = [design.references[part] for part in columns["part"]]
    found = _act("msa", "linearity")(columns, alpha=design.settings["alpha"])
    return {**found, "verdict": "acceptable" if found["acceptable"] else "unacceptable", "spread": None}


def _stability(design: Design, readings: Sequence[Reading]) -> Answer:
    found = _act("msa", "stability")(occasions(design, readings))
    verdict = "unacceptable" if not found["stable"] else "marginal" if found["provisional"] else "acceptable"
    return {**found, "verdict": verdict, "spread": None}


def occasions(design: Design, readings: Sequence[Reading]) -> dict[str, list[float]]:
    """The readings of a stability study as columns: one row an occasion."""
    size = int(design.settings.get("subgroup", 1))
    values = [one.value for one in sorted(readings)]
    if size == 1:
        return {"value": values}
    return {f"x{n + 1}": values[n::size] for n in range(size)}


def _type_one(design: Design, readings: Sequence[Reading]) -> Answer:
    found = _act("msa", "type_one")(
        _columns(readings), reference=design.references[1], tolerance=design.width, **design.settings
    )
    verdict = "unacceptable" if not found["is_capable"] else "marginal" if found["few_readings"] else "acceptable"
    return {**found, "least": design.settings["least"], "verdict": verdict, "spread": None}


def _process(design: Design, readings: Sequence[Reading]) -> Answer:
    told = {name: design.settings[name] for name in UNCERTAINTIES if design.settings.get(name)}
    found = _act("msa", "measuring_process")(
        _columns(readings), tolerance=design.width, alpha=design.settings["alpha"], **told
    )
    verdict = "acceptable" if found["is_capable"] else "unacceptable"
    return {**found, "tolerance": design.width, "verdict": verdict, "spread": 4 * found["u_mp"]}


KINDS = {
    "crossed": _gage_rr, "nested": _gage_rr, "attribute": _attribute, "bias": _bias, "linearity": _linearity,
    "stability": _stability, "type-1": _type_one, "iso22514-7": _process,
}  # fmt: skip

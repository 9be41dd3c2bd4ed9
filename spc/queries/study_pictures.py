"""The pictures of a gauge study by its kind, in the colours of screen or paper."""

from collections.abc import Callable
from math import sqrt
from statistics import fmean
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from spc.drawing import Ink, Level
from spc.engine import constants, estimators
from spc.gauging import pictures
from spc.gauging.answers import Reading, occasions
from spc.gauging.pictures import Interval
from spc.models import Study, StudyKind
from spc.queries import studies

Titled = tuple[str, str]
Answer = dict[str, Any]
STEPS = 40  # places at which a band is drawn


def of(study: Study, answer: Answer, ink: Ink) -> list[Titled]:
    """Titled pictures as SVG."""
    return DRAWERS[study.kind](study, answer, sorted(studies.readings(study)), ink)


def _gage_rr(study: Study, found: Answer, rows: list[Reading], ink: Ink) -> list[Titled]:
    return [(_("Components of variation"), _components(found, ink)), *_of_cells(study, rows, ink)]


def _components(found: Answer, ink: Ink) -> str:
    words = {"grr": _("Gauge"), "repeatability": _("Repeat"), "reproducibility": _("Reprod"), "part": _("Part to part")}
    kinds = {
        "percent_contribution": _("Contribution"), "percent_study": _("Study variation"),
        "percent_tolerance": _("Tolerance"),
    }  # fmt: skip
    shown = {name: word for name, word in words.items() if name in found["components"]}
    series = [(word, [found["components"][name][one] for name in shown]) for one, word in kinds.items()]
    return pictures.bars(_("Components of variation"), list(shown.values()), series, ink)


def _of_cells(study: Study, rows: list[Reading], ink: Ink) -> list[Titled]:
    """Ranges and means by appraiser, values by part and by appraiser, and how part and appraiser go together."""
    known = studies.parts(study)
    cells: dict[str, dict[int, list[float]]] = {who: {} for who in study.appraisers}
    by_part: dict[str, list[float]] = {}
    for row in rows:
        cells[row.appraiser].setdefault(row.part, []).append(row.value)
    for number in sorted({row.part for row in rows}):
        label = str(known.get(number, number))
        by_part[label] = [row.value for row in rows if row.part == number]
    labels = [str(known.get(number, number)) for number in next(iter(cells.values()))]
    ranges = {who: [max(values) - min(values) for values in found.values()] for who, found in cells.items()}
    means = {who: [fmean(values) for values in found.values()] for who, found in cells.items()}
    rbar, factors = fmean(one for row in ranges.values() for one in row), constants.of(study.trials)
    center = fmean(row.value for row in rows)
    reach = 3 * rbar / (factors.d2 * sqrt(study.trials))
    by_appraiser = {who: [value for values in found.values() for value in values] for who, found in cells.items()}
    titles = [_("Range by appraiser"), _("Mean by appraiser"), _("By part"), _("By appraiser")]
    drawn = [
        (titles[0], pictures.by_appraiser(titles[0], ranges, labels, [
            Level(factors.D4 * rbar, "UCL", ink.limit), Level(rbar, "R̄", ink.center, "")], ink)),
        (titles[1], pictures.by_appraiser(titles[1], means, labels, [
            Level(center + reach, "UCL", ink.limit), Level(center, "CL", ink.center, ""),
            Level(center - reach, "LCL", ink.limit)], ink)),
        (titles[2], pictures.by_group(titles[2], by_part, [], ink)),
        (titles[3], pictures.by_group(titles[3], by_appraiser, [], ink)),
    ]  # fmt: skip
    if study.kind != StudyKind.NESTED and len(cells) > 1:
        drawn.append((_("Appraiser × part"), pictures.interaction(_("Appraiser × part"), means, labels, ink)))
    return drawn


def _attribute(study: Study, found: Answer, rows: list[Reading], ink: Ink) -> list[Titled]:
    judged = found.get("by_appraiser", {})
    pairs = {_("Agrees with self, %"): "within", _("Effectiveness, %"): "effectiveness"}
    floor = {"effectiveness": [Level(90.0, "", ink.center), Level(80.0, "", ink.limit)]}
    drawn = []
    for title, name in pairs.items():
        told = [Interval(who, one[name]["percent"], *one[name]["interval"]) for who, one in judged.items()]
        if told:
            drawn.append((title, pictures.intervals(title, told, floor.get(name, []), ink)))
    shares = [
        Interval(word, one["percent"], *one["interval"])
        for name, word in {"alike": _("Alike"), "right": _("Right")}.items()
        for one in [found["between"].get(name)] if one
    ]
    title = _("All appraisers together, %")
    return [*drawn, (title, pictures.intervals(title, shares, [], ink))]


def _bias(study: Study, found: Answer, rows: list[Reading], ink: Ink) -> list[Titled]:
    values, reference = [row.value for row in rows], found["reference"]
    low, high = (reference + end for end in found["interval"])
    levels = [
        Level(reference, "Ref", ink.limit), Level(high, "", ink.center), Level(found["mean"], "x̄", ink.center, ""),
        Level(low, "", ink.center),
    ]
    title = _("Readings, mean with its interval, and the reference value")
    return [(title, pictures.run(title, values, levels, ink))]


def _linearity(study: Study, found: Answer, rows: list[Reading], ink: Ink) -> list[Titled]:
    references = studies.design_of(study).references
    spots = [(references[row.part], row.value - references[row.part]) for row in rows]
    x = np.array([one[0] for one in spots])
    sxx = float(((x - x.mean()) ** 2).sum())
    fitted = []
    for at in np.linspace(x.min(), x.max(), STEPS).tolist():
        middle = found["intercept"] + found["slope"] * at
        reach = found["t_critical"] * found["s"] * sqrt(1 / len(x) + (at - x.mean()) ** 2 / sxx)
        fitted.append((at, middle, middle - reach, middle + reach))
    title = _("Bias over the reference value, with the line and its confidence band")
    return [(title, pictures.line(title, spots, fitted, ink))]


def _stability(study: Study, found: Answer, rows: list[Reading], ink: Ink) -> list[Titled]:
    columns = occasions(studies.design_of(study), rows)
    table = np.column_stack(list(columns.values()))
    single = table.shape[1] == 1
    means = table.mean(axis=1)
    spread = estimators.moving_ranges(means) if single else np.ptp(table, axis=1)
    levels = [
        Level(found["ucl"], "UCL", ink.limit), Level(found["center"], "CL", ink.center, ""),
        Level(found["lcl"], "LCL", ink.limit),
    ]
    wide = [Level(found["range_ucl"], "UCL", ink.limit), Level(found["range_center"], "CL", ink.center, "")]
    titles = (_("Values"), _("Moving ranges")) if single else (_("Means"), _("Ranges"))
    return [
        (titles[0], pictures.run(titles[0], means.tolist(), levels, ink, [n - 1 for n in found["points_flagged"]])),
        (titles[1], pictures.run(titles[1], spread.tolist(), wide, ink, [n - 1 for n in found["ranges_flagged"]])),
    ]


def _type_one(study: Study, found: Answer, rows: list[Reading], ink: Ink) -> list[Titled]:
    room = study.settings["percent"] / 200 * found["tolerance"]
    share = f"{study.settings['percent'] / 2:g}"
    levels = [
        Level(found["reference"] + room, f"+{share} %", ink.limit), Level(found["reference"], "Ref", ink.center, ""),
        Level(found["reference"] - room, f"−{share} %", ink.limit),
    ]
    title = _("Readings in their order")
    return [(title, pictures.run(title, [row.value for row in rows], levels, ink))]


def _process(study: Study, found: Answer, rows: list[Reading], ink: Ink) -> list[Titled]:
    values = [("Q, %", [found["q_ms"], found["q_mp"]])]
    title = _("Share of the tolerance, %")
    return [(title, pictures.bars(title, ["Q_MS", "Q_MP"], values, ink)), *_of_cells(study, rows, ink)]


DRAWERS: dict[str, Callable[[Study, Answer, list[Reading], Ink], list[Titled]]] = {
    StudyKind.CROSSED: _gage_rr, StudyKind.NESTED: _gage_rr, StudyKind.ATTRIBUTE: _attribute, StudyKind.BIAS: _bias,
    StudyKind.LINEARITY: _linearity, StudyKind.STABILITY: _stability, StudyKind.TYPE_ONE: _type_one,
    StudyKind.PROCESS: _process,
}  # fmt: skip

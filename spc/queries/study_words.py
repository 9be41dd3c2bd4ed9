"""What a gauge study says, by its kind: figures, tables, the limits it is judged by, in the reader's language."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from spc.gauging.told import Answer, Figure, Grid, Told, likely
from spc.models import Study, StudyKind
from spc.queries.study_words_of_judges import attribute
from spc.queries.study_words_of_location import bias, linearity, stability, type_one


def of(study: Study, answer: Answer) -> Told:
    """The answer of a study in words."""
    return TELLERS[study.kind](study, answer)


def _gage_rr(study: Study, found: Answer) -> Told:
    size = _("%(parts)s parts × %(appraisers)s appraisers × %(trials)s trials; a study variation is %(multiple)s s.")
    counts = {name: found[name] for name in ("parts", "appraisers", "trials")}
    method = study.get_method_display() or _("Analysis of variance, parts nested in appraisers")
    notes = []
    if found.get("interaction_pooled"):
        notes.append(_("The interaction does not matter and is pooled with the repeatability."))
    beyond = found.get("ranges_beyond") or []
    if beyond:
        told = ", ".join(f"{one['part']} × {one['appraiser']}" for one in beyond)
        notes.append(_("Ranges above their limit, to be looked at: %(cells)s.") % {"cells": told})
    return Told(
        method=f"{method}: " + size % {**counts, "multiple": f"{found['multiple']:g}"},
        figures=[
            Figure("GRR", found["pct_grr"], "%", _("of the study")),
            Figure("GRR", found["pct_tolerance_grr"], "%", _("of the tolerance")),
            Figure(_("ndc"), found["ndc"], "", _("categories that the gauge tells apart; 5 or more")),
        ],
        grids=[_components(found), *_anova(found)], notes=notes,
        limits=_("GRR below 10 % is acceptable, up to 30 % marginal, of study and of tolerance; ndc 5 or more "
                 "(AIAG MSA, 4th edition)."),
    )  # fmt: skip


def _components(found: Answer) -> Grid:
    words = {
        "grr": _("Gauge (repeatability and reproducibility)"), "repeatability": _("Repeatability"),
        "reproducibility": _("Reproducibility"), "appraiser": _("Appraisers"),
        "interaction": _("Appraiser × part"), "part": _("Part to part"), "total": _("Total"),
    }  # fmt: skip
    names = ("stdev", "percent_contribution", "percent_study", "percent_tolerance")
    rows = [
        (word, *(found["components"][name][one] for one in names))
        for name, word in words.items() if name in found["components"]
    ]
    heads = (_("Source"), _("Standard deviation"), _("Contribution, %"), _("Study variation, %"), _("Tolerance, %"))
    return Grid(_("Components of variation"), heads, rows)


def _anova(found: Answer) -> list[Grid]:
    if "anova" not in found:
        return []
    words = {
        "part": _("Part"), "appraiser": _("Appraiser"), "interaction": _("Appraiser × part"),
        "repeatability": _("Repeatability"),
    }  # fmt: skip
    rows = [
        (words[row["source"]], *(row[name] for name in ("df", "ss", "ms", "f")), likely(row["p"]))
        for row in found["anova"]
    ]
    heads = (_("Source"), _("DF"), _("Sum of squares"), _("Mean square"), "F", "p")
    return [Grid(_("Analysis of variance"), heads, rows)]


def _process(study: Study, found: Answer) -> Told:
    words = {
        "calibration": _("Calibration of the standard"), "resolution": _("Resolution"), "bias": _("Bias"),
        "evr": _("Repeatability on the standard"), "linearity": _("Linearity"), "evo": _("Repeatability on parts"),
        "appraiser": _("Appraisers"), "interaction": _("Appraiser × part"), "stability": _("Stability"),
        "object": _("Parts that are not uniform"), "temperature": _("Temperature"), "rest": _("Other"),
    }  # fmt: skip
    rows = [(word, found["uncertainties"][name]) for name, word in words.items() if found["uncertainties"][name]]
    rows += [(_("Measuring system, combined"), found["u_ms"]), (_("Measuring process, combined"), found["u_mp"])]
    return Told(
        method=_("Measuring process by its combined uncertainty (ISO 22514-7), coverage factor 2."),
        figures=[
            Figure("Q_MS", found["q_ms"], "%", _("at most 15 %")),
            Figure("Q_MP", found["q_mp"], "%", _("at most 30 %")),
            Figure(_("Resolution"), found["resolution_percent"], "%", _("at most 5 % of the tolerance")),
        ],
        grids=[Grid(_("Standard uncertainties"), (_("Source"), "u"), rows), *_anova(found)],
        limits=_("Capable where Q_MS is at most 15 %, Q_MP at most 30 %, and the resolution at most 5 % of the "
                 "tolerance (ISO 22514-7)."),
    )  # fmt: skip


TELLERS: dict[str, Callable[[Study, Answer], Told]] = {
    StudyKind.CROSSED: _gage_rr, StudyKind.NESTED: _gage_rr, StudyKind.ATTRIBUTE: attribute, StudyKind.BIAS: bias,
    StudyKind.LINEARITY: linearity, StudyKind.STABILITY: stability, StudyKind.TYPE_ONE: type_one,
    StudyKind.PROCESS: _process,
}  # fmt: skip

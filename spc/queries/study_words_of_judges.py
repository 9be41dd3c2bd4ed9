"""What a study of people who judge says: agreement with themselves, with one another and with what is right."""

from django.utils.translation import gettext as _

from spc.gauging.told import Answer, Figure, Grid, Told, likely
from spc.models import Study, Verdict


def attribute(study: Study, found: Answer) -> Told:
    """Appraisers who say good or bad."""
    judged = found.get("by_appraiser", {})
    figures = [
        Figure(_("Agreement of all"), found["between"]["alike"]["percent"], "%", _("parts judged alike by everybody")),
        Figure(_("Fleiss' kappa"), found["fleiss"]["kappa"], "", _("above 0.75 good, below 0.40 poor")),
    ]
    if judged:
        worst = min(one["effectiveness"]["percent"] for one in judged.values())
        figures.insert(0, Figure(_("Least effectiveness"), worst, "%", _("parts judged rightly in every trial")))
    limits = _("Effectiveness at least 90 %, misses at most 2 %, false alarms at most 5 % are acceptable; 80, 5 and "
               "10 % marginal (AIAG MSA, 4th edition). The worst appraiser counts.")  # fmt: skip
    if not judged:
        limits = _("Without right ratings Fleiss' kappa counts: above 0.75 acceptable, from 0.40 marginal.")
    method = _("Agreement: %(parts)s parts × %(appraisers)s appraisers × %(trials)s trials; exact 95 %% limits.")
    notes = []
    if "signal_detection_refused" in found:
        notes.append(_("No grey zone: there must be parts that all accept and, beyond a limit, parts that all reject."))
    grids = [_versus(judged)] if judged else []
    return Told(
        method % {name: found[name] for name in ("parts", "appraisers", "trials")}, figures,
        [*grids, _between(found), *_pairs(found), *_grey_zone(found)], limits, notes,
    )


def _versus(judged: Answer) -> Grid:
    heads = (
        _("Appraiser"), _("Agrees with self, %"), _("Effectiveness, %"), _("from"), _("to"), _("Kappa"),
        _("Misses, %"), _("False alarms, %"), _("Verdict"),
    )
    rows = [
        (
            who, one["within"]["percent"], one["effectiveness"]["percent"], *one["effectiveness"]["interval"],
            one["kappa_pooled"]["kappa"], one["miss_rate"], one["false_alarm_rate"], str(Verdict(one["verdict"]).label),
        )
        for who, one in judged.items()
    ]  # fmt: skip
    return Grid(_("Each appraiser against the standard"), heads, rows)


def _between(found: Answer) -> Grid:
    words = {"alike": _("All appraisers alike"), "right": _("All appraisers right")}
    rows = [
        (words[name], one["count"], one["of"], one["percent"], *one["interval"])
        for name, one in found["between"].items()
    ]
    return Grid(_("Agreement"), (_("Share"), _("Parts"), _("of"), "%", _("from"), _("to")), rows)


def _pairs(found: Answer) -> list[Grid]:
    rows = [(one["a"], one["b"], one["kappa"], one["se"], likely(one["p"])) for one in found["pairs"]]
    heads = (_("Appraiser"), _("Appraiser"), _("Kappa"), _("Standard error"), "p")
    return [Grid(_("Cohen's kappa of every two appraisers"), heads, rows)] if rows else []


def _grey_zone(found: Answer) -> list[Grid]:
    zone = found.get("signal_detection")
    if zone is None:
        return []
    heads = (_("At the lower limit"), _("At the upper limit"), _("Mean width"), _("Tolerance, %"))
    return [Grid(_("Grey zone (signal detection)"), heads,
                 [(zone["d_lsl"], zone["d_usl"], zone["d"], zone["grr_percent"])])]  # fmt: skip

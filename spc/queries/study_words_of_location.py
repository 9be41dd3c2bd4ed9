"""What studies of one gauge against references say: bias, linearity, stability, type 1."""

from django.utils.translation import gettext as _

from spc.gauging.told import Answer, Figure, Grid, Told, likely
from spc.models import Study


def bias(study: Study, found: Answer) -> Told:
    """Readings of one reference."""
    rows = [
        (_("Reference value"), found["reference"]), (_("Mean"), found["mean"]), (_("Bias"), found["bias"]),
        (_("Bias, lower end of the interval"), found["interval"][0]),
        (_("Bias, upper end of the interval"), found["interval"][1]), (_("Standard deviation"), found["stdev"]),
        ("t", found["t"]), (_("t, critical"), found["t_critical"]), (_("DF"), found["df"]), ("p", likely(found["p"])),
    ]
    return Told(
        method=_("Bias by the independent sample method, %(n)s readings of one reference.") % {"n": found["n"]},
        figures=[
            Figure(_("Bias"), found["bias"], _unit(study)),
            Figure("p", likely(found["p"]), "", _("significant below %(alpha)s") % {"alpha": study.settings["alpha"]}),
            Figure(_("Repeatability"), found["percent_repeatability"], "%", _("of the tolerance, 6 s")),
        ],
        grids=[Grid(_("Figures"), (_("Figure"), _("Value")), rows)],
        limits=_("Acceptable where zero lies within the confidence interval of the bias (AIAG MSA, 4th edition)."),
    )


def linearity(study: Study, found: Answer) -> Told:
    """Readings of references over a range."""
    rows = [
        (_("Slope"), found["slope"], found["se_slope"], found["t_slope"], likely(found["p_slope"])),
        (_("Intercept"), found["intercept"], found["se_intercept"], found["t_intercept"], likely(found["p_intercept"])),
    ]
    by_reference = [(at, off, likely(p)) for at, off, p in found["bias_by_reference"]]
    return Told(
        method=_("Linearity: %(n)s readings, regression of the bias on the reference value.") % {"n": found["n"]},
        figures=[
            Figure(_("Slope"), found["slope"], "", f"R² {found['r_squared']:.3f}"),
            Figure(_("Mean bias"), found["mean_bias"], _unit(study)),
            Figure(_("Linearity"), found["percent_linearity"], "%", _("of the variation of the process")),
        ],
        grids=[
            Grid(_("The line"), ("", _("Value"), _("Standard error"), "t", "p"), rows),
            Grid(_("Bias of each reference"), (_("Reference value"), _("Bias"), "p"), by_reference),
        ],
        limits=_("Acceptable where the line of zero bias lies within the confidence band over the whole range "
                 "(AIAG MSA, 4th edition)."),
    )  # fmt: skip


def stability(study: Study, found: Answer) -> Told:
    """Readings of one master over time."""
    rows = [
        (_("Centre line"), found["center"], found["range_center"]),
        (_("Upper limit"), found["ucl"], found["range_ucl"]),
        (_("Lower limit"), found["lcl"], None),
    ]
    flagged = ", ".join(map(str, [*found["points_flagged"], *found["ranges_flagged"]]))
    return Told(
        method=_("Stability: %(points)s occasions of %(size)s readings, limits from the study itself.") % {
            "points": study.trials // study.settings["subgroup"], "size": study.settings["subgroup"]},
        figures=[
            Figure(_("Means out of control"), len(found["points_flagged"])),
            Figure(_("Ranges out of control"), len(found["ranges_flagged"])),
            Figure("σ", found["sigma"], _unit(study), _("of a single reading")),
        ],
        grids=[Grid(_("Limits"), ("", _("Means"), _("Ranges")), rows)],
        limits=_("Acceptable while no point is out of control; provisional with fewer than 20 occasions."),
        notes=[_("Out of control at occasion %(places)s.") % {"places": flagged}] if flagged else [],
    )  # fmt: skip


def type_one(study: Study, found: Answer) -> Told:
    """Many readings of one master against its tolerance."""
    rows = [
        (_("Reference value"), found["reference"]), (_("Mean"), found["mean"]), (_("Bias"), found["bias"]),
        (_("Standard deviation"), found["stdev"]), ("t", found["t"]), ("p", likely(found["p"])),
        (_("Tolerance"), found["tolerance"]), (_("Repeatability, %"), found["percent_repeatability"]),
        (_("Repeatability and bias, %"), found["percent_with_bias"]), (_("Resolution, %"), found["percent_resolution"]),
    ]
    hint = _("at least %(least)s") % {"least": f"{found['least']:g}"}
    method = _("Type 1: %(n)s readings, %(percent)s %% of the tolerance over %(multiple)s s.")
    settings = {name: f"{study.settings[name]:g}" for name in ("percent", "multiple")}
    return Told(
        method=method % {"n": found["n"], **settings},
        figures=[
            Figure("Cg", found["cg"], "", hint), Figure("Cgk", found["cgk"], "", hint),
            Figure(_("Bias"), found["bias"], _unit(study), _("significant") if found["is_significant"] else ""),
        ],
        grids=[Grid(_("Figures"), (_("Figure"), _("Value")), rows)],
        limits=_("Acceptable where Cg and Cgk reach %(least)s; with fewer than 25 readings marginal at best.")
        % {"least": f"{found['least']:g}"},
        notes=[_("Fewer than 25 readings; 50 are better.")] if found["few_readings"] else [],
    )


def _unit(study: Study) -> str:
    return study.characteristic.parameter.unit.symbol

"""What people ask of the sampling calculator: a plan of the tables, or one for two qualities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.sampling import finders, single, variables
from qms.sampling.letters import LARGEST_LOT, LEVELS, SMALLEST_LOT
from qms.sampling.master import AQLS

STANDARDS = [("iso2859-1", "ISO 2859-1 / GB/T 2828.1"), ("mil-std-105e", "MIL-STD-105E / ANSI Z1.4")]
SEVERITIES = [("normal", _("Normal inspection")), ("tightened", _("Tightened inspection")),
              ("reduced", _("Reduced inspection"))]  # fmt: skip
COUNTS = [("", _("What the AQL allows")), (single.NONCONFORMING, _("Nonconforming items")),
          (single.NONCONFORMITIES, _("Nonconformities per 100 units"))]  # fmt: skip
ATTRIBUTES, UNKNOWN, KNOWN = "attributes", "unknown", "known"
METHODS = [(ATTRIBUTES, _("Attributes: count the bad ones")), (UNKNOWN, _("Variables, sigma from the sample")),
           (KNOWN, _("Variables, sigma known"))]  # fmt: skip


class PlanForm(forms.Form):
    """A lot and what was agreed for it."""

    standard = forms.ChoiceField(label=_("Standard"), choices=STANDARDS, initial="iso2859-1")
    lot = forms.IntegerField(label=_("Lot size"), min_value=SMALLEST_LOT, max_value=LARGEST_LOT, initial=1200)
    level = forms.ChoiceField(label=_("Inspection level"), choices=[(one, one) for one in LEVELS], initial="II")
    aql = forms.ChoiceField(label=_("AQL"), choices=[(one, one) for one in AQLS], initial="1.0")
    severity = forms.ChoiceField(label=_("Severity of inspection"), choices=SEVERITIES, initial="normal")
    counts = forms.ChoiceField(label=_("What is counted"), choices=COUNTS, required=False)

    def clean(self) -> dict[str, Any]:
        """Above ten there is no percentage of items to count."""
        asked = super().clean() or {}
        if asked.get("counts") == single.NONCONFORMING and float(asked.get("aql", 0)) > single.LARGEST_PERCENT:
            self.add_error("counts", _("Above an AQL of 10 only nonconformities per 100 units can be counted."))
        return asked


class PointsForm(forms.Form):
    """A quality that should nearly always be accepted, and one that nearly never should."""

    p1 = forms.FloatField(label=_("Good quality (accepted nearly always)"), min_value=0.0001, max_value=90, initial=1)
    alpha = forms.FloatField(label=_("Supplier's risk"), min_value=0.01, max_value=50, initial=5)
    p2 = forms.FloatField(label=_("Bad quality (rejected nearly always)"), min_value=0.0002, max_value=99, initial=6)
    beta = forms.FloatField(label=_("Customer's risk"), min_value=0.01, max_value=49, initial=10)
    method = forms.ChoiceField(label=_("Method"), choices=METHODS, initial=ATTRIBUTES)

    found: finders.Found | variables.Plan | None = None

    def clean(self) -> dict[str, Any]:
        """The plan itself; where there is none, why."""
        asked = super().clean() or {}
        if self.errors:
            return asked
        if asked["p1"] >= asked["p2"]:
            self.add_error("p2", _("Bad quality is worse than good: enter a larger percentage."))
            return asked
        points = {name: asked[name] / 100 for name in ("p1", "alpha", "p2", "beta")}
        try:
            self.found = self._find(asked["method"], points)
        except ValueError:
            message = _("No sample tells these two qualities apart. Put them further apart, or allow larger risks.")
            self.add_error(None, message)
        return asked

    def _find(self, method: str, points: dict[str, float]) -> finders.Found | variables.Plan:
        if method == ATTRIBUTES:
            return finders.single(**points)
        return variables.find(**points, is_sigma_known=method == KNOWN)

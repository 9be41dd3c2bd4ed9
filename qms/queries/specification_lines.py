"""The limits of specification that curves are drawn against: those of the product, else those of the parameter."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from qms.models import Characteristic
from traceability import bounds
from traceability.bounds import Bounds, Stay

WORDS = (_("LSL"), _("Nominal value"), _("USL"))


@bounds.register(2)
def lines(stays: Sequence[Stay]) -> Bounds:
    """What the product's characteristic asks for, for each stay; one statement."""
    parameters = {stream.parameter_id for _visit, stream in stays}
    rows = Characteristic.objects.filter(parameter__in=parameters, is_counted=False).order_by("pk")
    known = {(row.parameter_id, row.material_id): row for row in rows}
    found: Bounds = {}
    for visit, stream in stays:
        row = known.get((stream.parameter_id, visit.lot.material_id)) or known.get((stream.parameter_id, None))
        if row is not None:
            found[visit.pk, stream.pk] = bounds.ends(row.lower, row.target, row.upper, WORDS)
    return found

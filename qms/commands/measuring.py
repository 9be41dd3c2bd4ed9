"""Whether a gauge may measure: asked under its lock, before a measurement is written."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from qms.models import Characteristic, Gauge, GaugeType
from qms.queries import gauge_register as reading


class MayNotMeasure(Refusal):
    """A measurement without its gauge, or with one that may not measure."""

    code = "gauge-may-not-measure"


def check_measures(
    kind: GaugeType | None, gauge: Gauge | None, *, characteristic: Characteristic | None, by: Person, at: datetime
) -> None:
    """Refuse a measurement without the gauge that it asks for, or with one that may not measure at that moment.

    The database says the same to whoever writes SQL, all but what studies say.
    """
    if gauge is None:
        if kind is None:
            return
        message = _("This is measured with %(type)s. Scan the gauge that you use, or choose it.")
        raise MayNotMeasure(message % {"type": kind.title}, code="gauge-needed", facts={"field": "gauge"})
    if kind is not None and gauge.type_id != kind.pk:
        words = {"gauge": gauge.code, "is": gauge.type.title, "type": kind.title}
        message = _("%(gauge)s is a gauge of type %(is)s, and this is measured with %(type)s. Take one of these.")
        raise MayNotMeasure(message % words, code="gauge-of-another-type", facts={"field": "gauge"})
    gauge = lock(Gauge.objects.filter(pk=gauge.pk).select_related("type__skill"))[0]
    why = reading.why_not(gauge, at, max(at, timezone.now())) or reading.why_unskilled(gauge.type, by, at)
    if not why and characteristic is not None:
        why = reading.why_unfit(gauge, characteristic)
    if why:
        raise MayNotMeasure(why, facts={"field": "gauge", "gauge": gauge.code})

"""What a machine did, as marks on the charts of its readings."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from mes.models import MachineState
from spc.models import ControlChart
from spc.queries.marks import MOST, Mark


def of_machine(chart: ControlChart, from_at: datetime, to_at: datetime) -> Iterable[Mark]:
    """Each change of state of the machine that a chart's readings come from, the newest of them."""
    rows = MachineState.objects.filter(equipment=chart.stream.equipment_id, from_at__gte=from_at, from_at__lte=to_at)
    for one in rows.select_related("reason").order_by("-from_at")[:MOST]:
        title = _("Machine: %(state)s") % {"state": one.get_state_display()}
        yield Mark(one.from_at, "machine", title, str(one.reason or ""))

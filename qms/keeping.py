"""Which readings quality still needs: those that open nonconformances are about."""

from collections.abc import Iterator
from datetime import timedelta

from qms.models import Nonconformance, NonconformanceLot
from qms.queries import nonconformances
from traceability import keeping
from traceability.keeping import Needed
from traceability.queries import kept

BEFORE = timedelta(days=1)  # before a nonconformance was opened whose suspect time nobody knows


@keeping.register
def of_open_cases() -> Iterator[Needed]:
    """The suspect time at the machine of each open nonconformance, and wherever its lots were."""
    for case in Nonconformance.objects.filter(status__in=nonconformances.OPEN, equipment__isnull=False):
        yield Needed(case.equipment_id, case.suspect_from or case.opened_at - BEFORE, case.suspect_to)
    lots = NonconformanceLot.objects.filter(nonconformance__status__in=nonconformances.OPEN)
    yield from kept.of_lots(lots.values_list("lot", flat=True))

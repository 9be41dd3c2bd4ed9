"""Working out by the clock how good each process is of late."""

from datetime import datetime

from plant.transactions import command
from spc.models import Standing
from spc.queries import standings


@command
def rate(*, at: datetime) -> int:
    """Write down the capability and calm of every active chart's newest readings; how many charts that were."""
    found = [Standing(**vars(one), at=at) for one in standings.measured(at)]
    fields = ["points", "flagged", "cpk", "ppk", "grade", "at"]
    Standing.objects.bulk_create(found, update_conflicts=True, unique_fields=["chart"], update_fields=fields)
    return len(found)

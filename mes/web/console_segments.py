"""What the console's pages below a routing have in common: a revision that was ever in effect stays as it is."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from plant.models import RevisionStatus
from plant.web.console import MasterAdmin

FROZEN = _("This revision was put into effect, so it stays as it is. Make a new revision and change that.")


def why_frozen(work_master: Any) -> str:
    """A routing that was ever in effect stays as it is: running work pins it."""
    return FROZEN if work_master is not None and work_master.status != RevisionStatus.DRAFT else ""


class OfSegment(MasterAdmin):
    """What belongs to an operation."""

    group = "making"

    def frozen(self, obj: Any, by: Any) -> str:
        return why_frozen(obj.segment.work_master)

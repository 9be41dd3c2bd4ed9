"""What the console's pages below a routing have in common: a revision that was ever in effect stays as it is."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from plant.models import RevisionStatus
from plant.web.console import MasterAdmin

FROZEN = _("This revision was put into effect, so it stays as it is. Make a new revision and change that.")


def why_frozen(work_master: Any) -> str:
    """A routing that was ever in effect stays as it is: running work pins it."""
    return FROZEN if work_master is not None and work_master.status != RevisionStatus.DRAFT else ""


NO_GROUP = _("The routing has no such group, or operations are still in it. Write the group down first.")
GROUP_KEY = "segment_group_of_its_routing"


class Grouped(MasterAdmin):
    """A form in which operations name their group: the database knows whether there is one."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Say what is wrong instead of failing; nothing was saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as error:
            if GROUP_KEY not in str(error):
                raise
            self.message_user(request, NO_GROUP, messages.ERROR)
            return redirect(request.get_full_path())


class OfSegment(MasterAdmin):
    """What belongs to an operation."""

    group = "making"

    def frozen(self, obj: Any, by: Any) -> str:
        return why_frozen(obj.segment.work_master)


class SegmentGroupAdmin(MasterAdmin):
    """Groups of operations: written below their routing, or brought in by a file."""

    group, icon, place = "making", "call_split", 15
    journal_name = "segmentgroup"
    list_display = ("work_master", "code", "kind")
    list_display_links = ("code",)
    list_filter = ("kind",)
    search_fields = ("code", "work_master__code")
    autocomplete_fields = ("work_master",)
    list_select_related = ("work_master",)
    rules = {"segment_group_once": _("The routing has a group with this code already."), GROUP_KEY: NO_GROUP}

    def frozen(self, obj: Any, by: Any) -> str:
        return why_frozen(obj.work_master)

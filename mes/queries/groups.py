"""The groups of a routing: what is wrong with them."""

from django.utils.translation import gettext_lazy as _

from mes import ways
from mes.models import WorkMaster
from mes.queries import routings

WRONG = {
    "too-few": _("Group %(what)s needs at least two operations."),
    "apart": _("The operations of group %(what)s must stand beside each other in the sequence."),
    "optional-in-part": _("Of the alternatives in group %(what)s either all may be passed over, or none."),
    "no-common-end": _("A routing ends in one operation that every piece passes; %(what)s is in a group or may be "
                       "passed over."),
}


def why_not(work_master: WorkMaster) -> str:
    """What keeps a routing from coming into effect, or nothing."""
    groups = work_master.groups.values_list("code", flat=True)
    found = ways.problems(routings.load(work_master.pk).steps, list(groups))
    return " ".join(str(WRONG[fault]) % {"what": what} for fault, what in found)

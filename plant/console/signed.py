"""What was signed stays as it is in the console too."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plant.models import RevisionStatus

FROZEN = _("This revision was signed, so it stays as it is. Make a new revision and change that.")


def why_frozen(revision: Any) -> str | Promise:
    """An approved revision stays as it was signed; a change is a new revision."""
    return FROZEN if revision is not None and revision.status != RevisionStatus.DRAFT else ""

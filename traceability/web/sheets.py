"""A hold as it stands on paper; a lot is in dossier_sheets."""

from django.utils.translation import gettext as _

from plant.models import Person
from plant.printing import Sheet, facts_of
from traceability.models import Hold

HOLD_FACTS = ("cause_kind", "cause_id", "placed_by", "placed_at", "released_by", "released_at")


def hold(row: Hold, reader: Person) -> Sheet:
    """What is stopped, why, and by whom."""
    texts = [(_("Reason"), str(row.reason)), (_("Why it was released"), str(row.release_reason))]
    return Sheet(
        kind=_("Hold"), number=str(row.pk), title=str(row.target_label),
        state=_("Released") if row.released_at else _("Open"), facts=facts_of(row, HOLD_FACTS),
        texts=[(heading, body) for heading, body in texts if body],
    )

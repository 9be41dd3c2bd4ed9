"""Keeping to the picking rule when a lot goes to the line."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from traceability.models import MaterialLot, OtherLot
from traceability.queries import picking


class NotItsTurn(Refusal):
    """Another lot of the material is to be taken first."""

    code = "not-its-turn"


def check_turn(lot: MaterialLot, reason: str, at: datetime) -> None:
    """Refuse a lot that is not the first, or ask for the reason, as its material's rule says."""
    _order, other = picking.rule(lot.material_id)
    if other == OtherLot.FREE or (other == OtherLot.REASON and reason.strip()):
        return
    first = picking.first(lot, at)
    if first is None:
        return
    message = _("%(first)s is to be taken before %(lot)s. Take that one.")
    if other == OtherLot.REASON:
        message = _("%(first)s is to be taken before %(lot)s. Take that one, or say why not.")
    facts = {"lot": lot.number, "first": first.number, "field": "reason" if other == OtherLot.REASON else "lot"}
    raise NotItsTurn(message % {"first": first.number, "lot": lot.number}, facts=facts)

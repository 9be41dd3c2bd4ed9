"""What the chain of responsibility adds to a lot's dossier, on the screen and on paper."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes.queries import responsibility
from traceability import dossier_parts
from traceability.models import MaterialLot


def answered(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """Every stage with who answered for it; a stage that nobody answered for says so."""
    return {"stages": responsibility.chain(lots)}


dossier_parts.register(_("Chain of responsibility"), "mes/responsibility/dossier.html", answered, tab="people")

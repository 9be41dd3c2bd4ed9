"""What every step on a CAPA begins with: the CAPA under lock, while it may still be worked on."""

from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from plant.locks import lock
from qms.models import CapaStatus, CorrectiveAction

RUNNING = (CapaStatus.OPEN, CapaStatus.ACTIONS)


class CapaRefused(Refusal):
    """A step that a CAPA is not ready for."""

    code = "capa-refused"


def locked(capa: CorrectiveAction) -> CorrectiveAction:
    """The CAPA as it is once it is locked."""
    return lock(CorrectiveAction.objects.filter(pk=capa.pk))[0]


def working(capa: CorrectiveAction) -> CorrectiveAction:
    """The CAPA under lock, while it may still be worked on."""
    fresh = locked(capa)
    if fresh.status not in RUNNING:
        message = _("%(number)s is “%(status)s” and is no longer changed.")
        raise CapaRefused(message % {"number": fresh.number, "status": fresh.get_status_display()})
    return fresh


def said(text: str, message: object, field: str = "") -> str:
    """A text without blanks around it, or a refusal that asks for one."""
    if not text.strip():
        raise CapaRefused(message, facts={"field": field} if field else {})
    return text.strip()

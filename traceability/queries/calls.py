"""Calls of stations for material: the list, and what waits for the warehouse."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from traceability.models import MaterialCall


class UnknownCall(Refusal):
    """A number that no call carries."""

    code = "unknown-call"


def every() -> QuerySet[MaterialCall]:
    """Every call."""
    return MaterialCall.objects.select_related("station", "material__unit", "asked_by", "ended_by")


def by_number(number: str) -> MaterialCall:
    """One call, or a refusal."""
    found = every().filter(number=number).first()
    if found is None:
        raise UnknownCall(_("There is no material call “%(number)s”.") % {"number": number[:40]})
    return found

"""At the dock: a lot of a supplier who is not approved for its material is held, or its receipt refused."""

from datetime import datetime

from plant import modules
from plant.queries import persons
from qms.commands import sources
from traceability import arrivals
from traceability.models import MaterialLot


@arrivals.register
def judge(lot: MaterialLot, at: datetime) -> None:
    """Ask the list of approved sources within the receipt of the lot, where the plant keeps one."""
    if not modules.is_on("suppliers"):
        return
    sources.judge(lot=lot, by=persons.system("qms"), at=at)

"""The first walk through the product, a few steps for each role; a step points at a place on the first page."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant.models import Person, Role


@dataclass(frozen=True, slots=True)
class Step:
    """What to look at, and what it is good for; a place that is not there is passed over."""

    place: str
    title: Any
    text: Any


RAIL = '.rail-link[data-name="{}"]'.format
WAITING = Step("#waiting", _("What waits for you"), _("Your alarms, tasks and mentions, the most pressing first."))
SEARCH = Step(
    ".search", _("Find anything"), _("Press Ctrl-K, or scan a label anywhere: you land on the lot, order or machine.")
)
HELP = Step(
    "button[data-help]", _("Help on every page"),
    _("What the page is for, what to do first, what the colours mean. The key ? shows all keys."),
)
ORDERS = Step(
    RAIL("mes:work-request-list"), _("Production orders"), _("Enter or receive orders and cut them into work orders.")
)
DISPATCH = Step(RAIL("mes:dispatch"), _("Dispatch"), _("Give work orders to a line; the stations see them at once."))
STATIONS = Step(RAIL("station:choose"), _("Your station"), _("Sign on with badge and PIN, then scan what you do."))
CHARTS = Step(
    RAIL("spc:chart-list"), _("Control charts"), _("What is out of control stands first, and all moves live.")
)
CASES = Step(
    RAIL("qms:nonconformance-list"), _("Nonconformances"),
    _("Held lots with the reason; decide each piece with a signature."),
)
INSPECTIONS = Step(RAIL("qms:inspection-list"), _("Inspections"), _("What to measure next, by the time it is due."))
LOTS = Step(
    RAIL("traceability:lot-list"), _("Lots and serials"), _("Where each came from, where it went, what was measured.")
)
WALLS = Step(RAIL("mes:wall-list"), _("Wall screens"), _("The state of a line for everybody to see."))
PEOPLE = Step(RAIL("plant:person-list"), _("People"), _("Roles, badges, and badges that are blocked."))
MASTER = Step(
    RAIL("admin:index"), _("Master data"), _("Materials, equipment, routings, people: every change is journalled.")
)
PLCS = Step(RAIL("integrations:plc-list"), _("Controllers"), _("Connections to machines, how old each value is."))
JOURNAL = Step(RAIL("plant:journal-list"), _("Journal"), _("Everything that happened, by whom and why."))

STEPS: dict[str, tuple[Step, ...]] = {
    Role.PLANNER: (WAITING, ORDERS, DISPATCH, SEARCH, HELP),
    Role.OPERATOR: (WAITING, STATIONS, SEARCH, HELP),
    Role.TEAM_LEADER: (WAITING, DISPATCH, WALLS, PEOPLE, HELP),
    Role.INSPECTOR: (WAITING, INSPECTIONS, LOTS, SEARCH, HELP),
    Role.QUALITY_ENGINEER: (WAITING, CHARTS, CASES, SEARCH, HELP),
    Role.QUALITY_MANAGER: (WAITING, CASES, CHARTS, JOURNAL, HELP),
    Role.WAREHOUSE: (WAITING, LOTS, SEARCH, HELP),
    Role.MAINTENANCE: (WAITING, PLCS, SEARCH, HELP),
    Role.INTEGRATOR: (PLCS, JOURNAL, SEARCH, HELP),
    Role.ADMINISTRATOR: (MASTER, PEOPLE, JOURNAL, SEARCH, HELP),
}
ANYBODY = (WAITING, SEARCH, HELP)


def of(person: Person) -> list[dict[str, str]]:
    """The steps for a person: those of their first role in the order above."""
    role = next((role for role in STEPS if role in person.roles), "")
    steps = STEPS.get(role, ANYBODY)
    return [{"place": step.place, "title": str(step.title), "text": str(step.text)} for step in steps]

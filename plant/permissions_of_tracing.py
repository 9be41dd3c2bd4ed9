"""The part of the table of rights that is about what strangers see of lots, and about changing trace data."""

from plant.models import PersonKind, Role

PEOPLE = frozenset(Role.values) - {Role.SUPPLIER, Role.CUSTOMER}
QUALITY = frozenset({Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER})
HANDS = QUALITY | {Role.OPERATOR, Role.TEAM_LEADER, Role.INSPECTOR, Role.WAREHOUSE, Role.PLANNER, Role.MAINTENANCE}
SYSTEM = PersonKind.SYSTEM.value

TRACING: dict[str, frozenset[str]] = {
    # Customers' pages behind the codes on labels
    "public.read": PEOPLE,
    "public.record": frozenset({SYSTEM}),
    # Trace data that was recorded wrongly: proposed by one, approved by another
    "correction.read": PEOPLE,
    "correction.propose": HANDS,
    "correction.approve": QUALITY,
    "anomaly.read": PEOPLE,
    "anomaly.appoint": frozenset({Role.QUALITY_MANAGER}),
    "anomaly.tell": frozenset({SYSTEM}),
    "people.trace": QUALITY,  # from a staff number to what that person worked on
    # Dossiers put away: by the clock, or by quality at once; dropped by the clock when their time is over
    "archive.read": PEOPLE,
    "archive.keep": QUALITY | {SYSTEM},
    "archive.drop": frozenset({SYSTEM}),
    # Spot checks of trace chains: drawn by the clock, answered on the floor, confirmed by another
    "spot-check.read": PEOPLE | {SYSTEM},
    "spot-check.plan": QUALITY,
    "spot-check.judge": frozenset({SYSTEM}),
    "spot-check.answer": HANDS,
    "spot-check.assign": QUALITY | {Role.TEAM_LEADER},
    "spot-check.close": QUALITY | {Role.TEAM_LEADER, Role.INSPECTOR},
}

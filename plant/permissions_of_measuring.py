"""Who may do what with gauges, and with what they measured: a part of the one table in `plant/permissions.py`."""

from plant.models import PersonKind, Role

QUALITY = frozenset({Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER})
HANDS = QUALITY | {Role.INSPECTOR, Role.MAINTENANCE}
FLOOR = frozenset({Role.OPERATOR, Role.TEAM_LEADER})
SYSTEM = PersonKind.SYSTEM.value
EVERYONE = frozenset(Role.values) - {Role.SUPPLIER, Role.CUSTOMER} | {SYSTEM, PersonKind.INTEGRATION.value}

MEASURING: dict[str, frozenset[str]] = {
    "gauge.read": EVERYONE,
    "gauge.calibrate": HANDS,
    "gauge.lend": HANDS | FLOOR,
    "gauge.hold": HANDS | FLOOR,
    "gauge.release": QUALITY,
    "gauge.withdraw": QUALITY | {Role.MAINTENANCE},
    "gauge.watch": frozenset({SYSTEM}),
    "inspection.override": QUALITY,
    "inspection.sign": QUALITY,
    "impact.read": EVERYONE,
    "impact.decide": QUALITY,
    "impact.close": QUALITY,
}

"""Who may do what about deciding and improving: a part of the table of rights (plant/permissions.py)."""

from plant.models import PersonKind, Role

QUALITY = frozenset({Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER})
PROGRAMS = frozenset({PersonKind.SYSTEM.value, PersonKind.INTEGRATION.value})
EVERYONE = frozenset(Role.values) - {Role.SUPPLIER, Role.CUSTOMER} | PROGRAMS

IMPROVING: dict[str, frozenset[str]] = {
    "capa.open": QUALITY,
    "capa.edit": QUALITY,
    "capa.check": QUALITY,
    "capa.close": QUALITY,
    "capa.verify": QUALITY | {Role.TEAM_LEADER, Role.INSPECTOR},
    "nonconformance.classify": QUALITY | {Role.INSPECTOR, Role.TEAM_LEADER},
    "nonconformance.sort": QUALITY | {Role.INSPECTOR},
    "nonconformance.recheck": QUALITY | {Role.INSPECTOR},
    "nonconformance.cost": QUALITY | {Role.TEAM_LEADER},
    "board.vote": QUALITY | {Role.TEAM_LEADER, Role.PLANNER, Role.WAREHOUSE, Role.MAINTENANCE, Role.INSPECTOR},
    "return.send": QUALITY | {Role.WAREHOUSE},
    "quality.desk": QUALITY | {Role.INSPECTOR},
    "quality-cost.read": QUALITY | {Role.PLANNER, Role.VIEWER},
    # How complete trace data is
    "completeness.judge": frozenset({PersonKind.SYSTEM.value}),
    "completeness.read": EVERYONE,
    "completeness.propose": QUALITY | {Role.PLANNER},
    "completeness.approve": QUALITY,
    "audit.read": EVERYONE,
    "audit.plan": QUALITY,
    "audit.conduct": QUALITY | {Role.INSPECTOR, Role.TEAM_LEADER},
    "audit.pack": QUALITY,
    "concession.read": EVERYONE,
    "concession.ask": QUALITY | {Role.PLANNER, Role.TEAM_LEADER},
    "concession.approve": QUALITY,
    "concession.use": QUALITY,
}

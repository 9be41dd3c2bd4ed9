"""The part of the table of rights that is about machines and other systems; read with plant/permissions.py."""

from plant.models import PersonKind, Role

LEADER, ENGINEER, MANAGER, WAREHOUSE = Role.TEAM_LEADER, Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER, Role.WAREHOUSE
INTEGRATOR, ADMIN, PLANNER = Role.INTEGRATOR, Role.ADMINISTRATOR, Role.PLANNER
SYSTEM, API = PersonKind.SYSTEM.value, PersonKind.INTEGRATION.value
QUALITY = frozenset({ENGINEER, MANAGER})

EDGES: dict[str, frozenset[str]] = {
    "plc.configure": frozenset({INTEGRATOR, ADMIN}),
    "plc.demo": frozenset({INTEGRATOR, ENGINEER, MANAGER, SYSTEM}),
    "plc.write": frozenset({INTEGRATOR, SYSTEM}),
    "recipe.write": frozenset({LEADER, ENGINEER, MANAGER, SYSTEM}),
    "delivery.read": frozenset({INTEGRATOR, ADMIN}),
    "delivery.replay": frozenset({INTEGRATOR, ADMIN, SYSTEM}),
    "channel.read": frozenset({INTEGRATOR, ADMIN, MANAGER}),
    "channel.keep": frozenset({INTEGRATOR, ADMIN}),
    "file.import": frozenset({Role.PLANNER, WAREHOUSE, Role.INSPECTOR, *QUALITY, ADMIN}),
    "epcis.read": frozenset({INTEGRATOR, *QUALITY, WAREHOUSE, API}),
    "epcis.capture": frozenset({INTEGRATOR, API, SYSTEM}),
    # Connections to other systems: who writes a mapping or mends a message never puts it into effect alone
    "connection.read": frozenset({INTEGRATOR, ADMIN, MANAGER, PLANNER}),
    "connection.keep": frozenset({INTEGRATOR, ADMIN}),
    "mapping.read": frozenset({INTEGRATOR, ADMIN, MANAGER, ENGINEER, PLANNER}),
    "mapping.edit": frozenset({INTEGRATOR}),
    "mapping.approve": frozenset({INTEGRATOR, MANAGER}),
    "exchange.read": frozenset({INTEGRATOR, ADMIN, MANAGER, PLANNER, WAREHOUSE}),
    "exchange.carry": frozenset({API, SYSTEM}),
    "exchange.replay": frozenset({INTEGRATOR, PLANNER, SYSTEM}),
    "exchange.mend": frozenset({INTEGRATOR, PLANNER}),
    "exchange.approve": frozenset({INTEGRATOR, MANAGER}),
    "reconciliation.read": frozenset({INTEGRATOR, ADMIN, MANAGER, PLANNER, WAREHOUSE}),
    "reconciliation.run": frozenset({INTEGRATOR, PLANNER, SYSTEM}),
    "reconciliation.settle": frozenset({MANAGER, PLANNER, WAREHOUSE}),
}

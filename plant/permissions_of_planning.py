"""Who may plan quality: FMEA, control plans, APQP and drawings; part of the one table of rights."""

from plant.models import PersonKind, Role

QUALITY = frozenset({Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER})
PROGRAMS = frozenset({PersonKind.SYSTEM.value, PersonKind.INTEGRATION.value})
EVERYBODY = (frozenset(Role.values) - {Role.SUPPLIER, Role.CUSTOMER}) | PROGRAMS
WORKING = frozenset(Role.values) - {Role.SUPPLIER, Role.CUSTOMER, Role.VIEWER, Role.ADMINISTRATOR}

PLANNING: dict[str, frozenset[str]] = {
    "control-plan.read": EVERYBODY,
    "control-plan.edit": QUALITY,
    "control-plan.approve": QUALITY,
    # What may fail: written by engineers, put into effect by another one; its actions are done by whoever owns them
    "fmea.read": EVERYBODY,
    "fmea.edit": QUALITY,
    "fmea.approve": QUALITY,
    "fmea.act": WORKING,
    "apqp.read": EVERYBODY,
    "apqp.edit": QUALITY,
    "apqp.work": WORKING,
    "apqp.sign": QUALITY,
    "drawing.read": EVERYBODY,
    "drawing.edit": QUALITY,
}

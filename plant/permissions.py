"""Who may do what: one table, deny by default."""

from plant.models import PersonKind, Role

PLANNER, OPERATOR, LEADER, INSPECTOR = Role.PLANNER, Role.OPERATOR, Role.TEAM_LEADER, Role.INSPECTOR
ENGINEER, MANAGER, WAREHOUSE = Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER, Role.WAREHOUSE
MAINTENANCE, INTEGRATOR, VIEWER, ADMIN = Role.MAINTENANCE, Role.INTEGRATOR, Role.VIEWER, Role.ADMINISTRATOR
SUPPLIER, CUSTOMER = Role.SUPPLIER, Role.CUSTOMER

# Programs hold no roles: the plant's own actors, and other systems inside the scopes of their key.
SYSTEM, API = PersonKind.SYSTEM.value, PersonKind.INTEGRATION.value

FLOOR = frozenset({OPERATOR, LEADER})
QUALITY = frozenset({ENGINEER, MANAGER})
PROGRAMS = frozenset({SYSTEM, API})
# People of other companies: they meet their own business on its own pages, and nothing of the plant.
PARTNERS = frozenset({SUPPLIER, CUSTOMER})
PEOPLE = frozenset(Role.values) - PARTNERS
EVERYONE = PEOPLE | PROGRAMS

ACTIONS: dict[str, frozenset[str]] = {
    # Looking
    "account.use": PEOPLE | PARTNERS,
    "partner.lots": frozenset({SUPPLIER}),
    "partner.orders": frozenset({CUSTOMER}),
    "home.view": PEOPLE,
    "search.use": PEOPLE,
    "inbox.view": PEOPLE,
    "wall.view": PEOPLE,
    "wall.manage": frozenset({LEADER, PLANNER, MANAGER, ADMIN}),
    "view.save": PEOPLE,
    "view.share": frozenset({PLANNER, LEADER, ENGINEER, MANAGER, ADMIN}),
    "view.curate": frozenset({ADMIN}),
    "master.read": EVERYONE,
    "lot.read": EVERYONE,
    "hold.read": EVERYONE,
    "reading.read": EVERYONE,
    "order.read": EVERYONE,
    "job.read": EVERYONE,
    "inspection.read": EVERYONE,
    "nonconformance.read": EVERYONE,
    "capa.read": EVERYONE,
    "chart.read": EVERYONE,
    "study.read": EVERYONE,
    "violation.read": EVERYONE,
    "plc.view": EVERYONE,
    # Talking about what one may look at; moderating is taking away what others said or sent
    "talk.say": PEOPLE - {VIEWER},
    "talk.attach": PEOPLE - {VIEWER},
    "talk.moderate": frozenset({MANAGER, ADMIN}),
    # Telling what does not work or is missing in the program, and answering that
    "feedback.tell": PEOPLE,
    "feedback.read": frozenset({MANAGER, ADMIN}),
    "feedback.answer": frozenset({MANAGER, ADMIN}),
    "journal.read": frozenset({LEADER, ENGINEER, MANAGER, INTEGRATOR, ADMIN, *PROGRAMS}),
    # Material
    "lot.receive": frozenset({WAREHOUSE, *PROGRAMS}),
    "lot.make": FLOOR | PROGRAMS,
    "lot.split": FLOOR | QUALITY | PROGRAMS | {WAREHOUSE},
    "lot.move": FLOOR | QUALITY | PROGRAMS | {WAREHOUSE},
    "stock.block": QUALITY | {WAREHOUSE, INSPECTOR, SYSTEM},
    "call.read": EVERYONE,
    "call.ask": FLOOR | PROGRAMS | {PLANNER, WAREHOUSE},
    "count.read": EVERYONE,
    "count.ask": frozenset({WAREHOUSE, LEADER, PLANNER, MANAGER}),
    "count.record": FLOOR | {WAREHOUSE},
    "count.settle": frozenset({LEADER, PLANNER, MANAGER}),
    "lot.consume": FLOOR | PROGRAMS,
    "lot.produce": FLOOR | PROGRAMS,
    "lot.undo": frozenset({LEADER, *QUALITY, SYSTEM}),
    "lot.print": FLOOR | QUALITY | {WAREHOUSE, INSPECTOR},
    "visit.record": FLOOR | PROGRAMS,
    "reading.record": FLOOR | QUALITY | PROGRAMS | {INSPECTOR},
    # Stopping and letting go; release-cause is for what a decision itself frees (an inspection that passed)
    "hold.place": FLOOR | QUALITY | PROGRAMS | {PLANNER, INSPECTOR, WAREHOUSE, MAINTENANCE},
    "hold.release": QUALITY | PROGRAMS,
    "hold.release-cause": QUALITY | PROGRAMS | {INSPECTOR},
    # Orders and the floor
    "order.receive": PROGRAMS | {PLANNER},
    "history.import": PROGRAMS | {INTEGRATOR},
    "order.release": PROGRAMS | {PLANNER},
    "order.cancel": PROGRAMS | {PLANNER},
    "job.plan": PROGRAMS | {PLANNER},
    "job.release": PROGRAMS | {PLANNER},
    "job.release-short": frozenset({PLANNER, LEADER, SYSTEM}),
    "material.call": FLOOR | PROGRAMS | {WAREHOUSE},
    "job.dispatch": frozenset({PLANNER, LEADER, SYSTEM}),
    "job.start": FLOOR | PROGRAMS,
    "job.pause": FLOOR | PROGRAMS | {PLANNER},
    "job.complete": FLOOR | PROGRAMS | {PLANNER},
    "job.cancel": frozenset({PLANNER, SYSTEM}),
    "station.use": FLOOR | QUALITY | {INSPECTOR, WAREHOUSE, MAINTENANCE},
    "station.sign-off-others": frozenset({LEADER}),
    "scan": FLOOR | PROGRAMS,
    "report": FLOOR | PROGRAMS,
    "equipment.state": FLOOR | PROGRAMS | {MAINTENANCE},
    "oee.read": PEOPLE,
    "stop.explain": FLOOR | {MAINTENANCE, PLANNER},
    "badge.unblock": frozenset({LEADER, ADMIN}),
    # Quality
    "inspection.create": FLOOR | QUALITY | PROGRAMS | {INSPECTOR},
    "inspection.record": QUALITY | PROGRAMS | {INSPECTOR},
    "inspection.decide": QUALITY | PROGRAMS | {INSPECTOR},
    "inspection.cancel": QUALITY | {SYSTEM},
    "sampling.use": QUALITY | {INSPECTOR, LEADER, WAREHOUSE},
    "nonconformance.open": FLOOR | QUALITY | PROGRAMS | {INSPECTOR, WAREHOUSE},
    "nonconformance.review": QUALITY,
    "nonconformance.add-lots": QUALITY | {SYSTEM},
    "nonconformance.dispose": QUALITY,
    "nonconformance.close": QUALITY,
    "control-plan.read": EVERYONE,
    "nonconformance.stop-equipment": FLOOR | QUALITY | {SYSTEM, MAINTENANCE},
    "nonconformance.restart-equipment": QUALITY,
    "control-plan.approve": QUALITY,
    "escalation.step": frozenset({SYSTEM}),
    "capa.open": QUALITY,
    "capa.edit": QUALITY,
    "capa.do": QUALITY | {LEADER, MAINTENANCE, PLANNER, INSPECTOR, WAREHOUSE, OPERATOR},
    "capa.check": QUALITY,
    "capa.close": QUALITY,
    "sensor.read": EVERYONE,
    "sensor.calibrate": QUALITY | {INSPECTOR, MAINTENANCE},
    "sensor.watch": frozenset({SYSTEM}),
    "containment.contain": QUALITY | {SYSTEM},
    # Control charts
    "chart.configure": QUALITY,
    "chart.freeze": QUALITY,
    "chart.spread": QUALITY | {SYSTEM},
    "chart.evaluate": QUALITY | PROGRAMS,
    "study.design": QUALITY,
    "study.measure": FLOOR | QUALITY | {INSPECTOR},
    "study.paste": QUALITY | {INSPECTOR},
    "study.close": QUALITY,
    "study.approve": QUALITY,
    "violation.acknowledge": FLOOR | QUALITY | {INSPECTOR, MAINTENANCE},
    "violation.close": QUALITY,
    "violation.dismiss": QUALITY,
    "violation.escalate": frozenset({SYSTEM}),
    "violation.assign": QUALITY | {LEADER},
    "violation.snooze": QUALITY | {LEADER},
    "sample.watch": frozenset({SYSTEM}),
    "sample.override": QUALITY | {LEADER},
    "violation.tick": FLOOR | QUALITY | {INSPECTOR, MAINTENANCE},
    # Golden parameters
    "golden.read": EVERYONE,
    "golden.approve": QUALITY,
    "golden.compare": frozenset({SYSTEM}),
    "reject.read": EVERYONE,
    "reject.judge": frozenset({SYSTEM}),
    "reject.answer": QUALITY | {INSPECTOR, LEADER},
    "deviation.read": EVERYONE,
    "deviation.acknowledge": FLOOR | QUALITY | {INSPECTOR, MAINTENANCE},
    "deviation.close": QUALITY | {LEADER},
    "deviation.assign": QUALITY | {LEADER},
    "deviation.snooze": QUALITY | {LEADER},
    "deviation.tick": FLOOR | QUALITY | {INSPECTOR, MAINTENANCE},
    # Edges
    "plc.configure": frozenset({INTEGRATOR, ADMIN}),
    "plc.demo": frozenset({INTEGRATOR, ENGINEER, MANAGER, SYSTEM}),
    "plc.write": frozenset({INTEGRATOR, SYSTEM}),
    "delivery.read": frozenset({INTEGRATOR, ADMIN}),
    "delivery.replay": frozenset({INTEGRATOR, ADMIN, SYSTEM}),
    "channel.read": frozenset({INTEGRATOR, ADMIN, MANAGER}),
    "channel.keep": frozenset({INTEGRATOR, ADMIN}),
    # The demonstration plant, and only there
    "demo.use": PEOPLE | {SYSTEM},
    # Keeping the house: master data and people, never facts
    "master.edit": frozenset({ADMIN, SYSTEM, API}),
    "health.read": frozenset({ADMIN}),
    "label.print": FLOOR | QUALITY | {WAREHOUSE, INSPECTOR, MAINTENANCE, ADMIN},
    "people.read": frozenset({LEADER, MANAGER, ADMIN}),
    "people.edit": frozenset({ADMIN, SYSTEM}),
    "role.read": frozenset({MANAGER, ADMIN}),
    "device.manage": frozenset({ADMIN, SYSTEM}),
    "api-key.create": frozenset({ADMIN, SYSTEM}),
}

# What an open page may listen to: the first word of a topic, and the action that it takes.
TOPICS: dict[str, str] = {
    "news": "home.view",
    "person": "home.view",
    "talk": "home.view",
    "wall": "wall.view",
    "station": "station.use",
    "chart": "chart.read",
    "lot": "lot.read",
    "hold": "hold.read",
    "job": "job.read",
    "order": "order.read",
    "violation": "violation.read",
    "golden": "golden.read",
    "deviation": "deviation.read",
    "nonconformance": "nonconformance.read",
    "plc": "plc.view",
}

# What a key of another system may be limited to.
SCOPES: dict[str, str] = {
    "master:read": "materials and equipment",
    "master:write": "add and change materials and equipment",
    "orders:read": "production orders and their progress",
    "orders:write": "send production orders",
    "lots:read": "lots and their genealogy",
    "lots:write": "receive lots",
    "holds:read": "holds",
    "holds:write": "place and release holds",
    "scans:write": "send scans",
    "readings:write": "send readings",
    "quality:read": "violations, nonconformances, inspections",
    "quality:write": "inspection results",
    "analyses:run": "statistics of what is sent, without storing it",
    "journal:read": "the change feed",
    "metrics": "gauges for Prometheus",
}

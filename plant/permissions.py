"""Who may do what: one table, deny by default."""

from plant.models import PersonKind, Role
from plant.permissions_of_edges import EDGES
from plant.permissions_of_improving import IMPROVING
from plant.permissions_of_measuring import MEASURING
from plant.permissions_of_partners import PARTNER_ACTIONS
from plant.permissions_of_planning import PLANNING
from plant.permissions_of_tracing import TRACING

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
    "talk.say": (PEOPLE - {VIEWER}) | {API},
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
    "lot.replace-part": FLOOR | QUALITY,
    "lot.undo": frozenset({LEADER, *QUALITY, SYSTEM}),
    "lot.print": FLOOR | QUALITY | {WAREHOUSE, INSPECTOR},
    # Packing, the store, the truck
    "unit.read": EVERYONE,
    "unit.pack": FLOOR | PROGRAMS | {WAREHOUSE},
    "unit.unpack": frozenset({LEADER, WAREHOUSE, *QUALITY, SYSTEM}),
    "goods.receive": frozenset({LEADER, WAREHOUSE, *PROGRAMS}),
    "shipment.read": EVERYONE,
    "shipment.plan": frozenset({PLANNER, WAREHOUSE, *PROGRAMS}),
    "shipment.pick": frozenset({LEADER, WAREHOUSE, *PROGRAMS}),
    "shipment.ship": frozenset({WAREHOUSE, *PROGRAMS}),
    "shipment.take-back": frozenset({WAREHOUSE, *QUALITY, SYSTEM}),
    "visit.record": FLOOR | PROGRAMS,
    "reading.record": FLOOR | QUALITY | PROGRAMS | {INSPECTOR},
    # Stopping and letting go; release-cause is for what a decision itself frees (an inspection that passed)
    "hold.place": FLOOR | QUALITY | PROGRAMS | {PLANNER, INSPECTOR, WAREHOUSE, MAINTENANCE},
    "hold.release": QUALITY | PROGRAMS,
    "hold.lift-stop": QUALITY | {LEADER},
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
    "job.change-revision": QUALITY | {PLANNER},
    "job.add-operation": QUALITY | {PLANNER, LEADER},
    "operation.skip": QUALITY | {LEADER},
    "station.use": FLOOR | QUALITY | {INSPECTOR, WAREHOUSE, MAINTENANCE},
    "station.sign-off-others": frozenset({LEADER}),
    "scan": FLOOR | PROGRAMS,
    "report": FLOOR | PROGRAMS,
    "refusal.read": EVERYONE,
    "refusal.answer": frozenset({LEADER, WAREHOUSE, *QUALITY, SYSTEM}),
    # What stands ready at the line
    "setup.read": EVERYONE,
    "carrier.read": EVERYONE,
    "carrier.load": FLOOR | PROGRAMS | {WAREHOUSE},
    "setup.mount": FLOOR | PROGRAMS | {WAREHOUSE},
    "equipment.state": FLOOR | PROGRAMS | {MAINTENANCE},
    # Checks by rule: carried out at the station, approved by somebody else
    "check.read": EVERYONE,
    "check.do": FLOOR | QUALITY | {INSPECTOR, MAINTENANCE, SYSTEM},
    "check.approve": QUALITY | {INSPECTOR, LEADER},
    "check.waive": QUALITY | {LEADER},
    # Who works when, and what one shift tells the next
    "roster.read": PEOPLE,
    "roster.plan": frozenset({LEADER, PLANNER, MANAGER}),
    "handover.read": FLOOR | QUALITY | {PLANNER, INSPECTOR, MAINTENANCE, WAREHOUSE},
    "handover.say": FLOOR | {MAINTENANCE, INSPECTOR},
    # Work that stands still, and what puts it right
    "stoppage.read": EVERYONE,
    "stoppage.stop": FLOOR | QUALITY | {INSPECTOR, MAINTENANCE, PLANNER, SYSTEM},
    "stoppage.resume": QUALITY | {LEADER},
    "rectification.ask": QUALITY | {LEADER, INSPECTOR},
    "rectification.do": FLOOR | QUALITY | {INSPECTOR, MAINTENANCE, PLANNER, WAREHOUSE},
    "rectification.verify": QUALITY | {LEADER, INSPECTOR},
    "oee.read": PEOPLE,
    "stop.explain": FLOOR | {MAINTENANCE, PLANNER},
    "andon.read": EVERYONE,
    "andon.call": FLOOR | PROGRAMS | {MAINTENANCE, INSPECTOR},
    "andon.acknowledge": FLOOR | QUALITY | {MAINTENANCE, INSPECTOR, WAREHOUSE, PLANNER, API},
    "andon.close": FLOOR | QUALITY | {MAINTENANCE, INSPECTOR, WAREHOUSE, PLANNER, API},
    "andon.assign": QUALITY | {LEADER, MAINTENANCE},
    "maintenance.read": EVERYONE,
    "maintenance.open": FLOOR | PROGRAMS | {MAINTENANCE, PLANNER},
    "maintenance.assign": frozenset({LEADER, MAINTENANCE, PLANNER}),
    "maintenance.work": frozenset({MAINTENANCE, LEADER, API}),
    "maintenance.sign": QUALITY | {LEADER, MAINTENANCE},
    "maintenance.judge": frozenset({SYSTEM}),
    "part.read": PEOPLE | {SYSTEM},
    "part.book": frozenset({MAINTENANCE, WAREHOUSE}),
    "tool.read": EVERYONE,
    "tool.mount": FLOOR | {MAINTENANCE},
    "tool.renew": frozenset({LEADER, MAINTENANCE}),
    "tool.judge": frozenset({SYSTEM}),
    "badge.unblock": frozenset({LEADER, ADMIN}),
    # Quality
    "inspection.create": FLOOR | QUALITY | PROGRAMS | {INSPECTOR},
    "inspection.record": QUALITY | PROGRAMS | {INSPECTOR},
    "inspection.decide": QUALITY | PROGRAMS | {INSPECTOR},
    "inspection.cancel": QUALITY | {SYSTEM},
    "inspection.repeat": QUALITY,
    "sampling.use": QUALITY | {INSPECTOR, LEADER, WAREHOUSE},
    "sampling.read": QUALITY | {INSPECTOR, LEADER, WAREHOUSE},
    "sampling.resume": QUALITY,
    "nonconformance.open": FLOOR | QUALITY | PROGRAMS | {INSPECTOR, WAREHOUSE},
    "nonconformance.review": QUALITY,
    "nonconformance.add-lots": QUALITY | {SYSTEM},
    "nonconformance.dispose": QUALITY,
    "nonconformance.close": QUALITY,
    "nonconformance.stop-equipment": FLOOR | QUALITY | {SYSTEM, MAINTENANCE},
    "nonconformance.restart-equipment": QUALITY,
    **PLANNING,
    "escalation.step": frozenset({SYSTEM}),
    "capa.do": QUALITY | {LEADER, MAINTENANCE, PLANNER, INSPECTOR, WAREHOUSE, OPERATOR},
    **IMPROVING,
    **PARTNER_ACTIONS,
    "sensor.read": EVERYONE,
    "sensor.calibrate": QUALITY | {INSPECTOR, MAINTENANCE},
    "sensor.watch": frozenset({SYSTEM}),
    **MEASURING,
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
    "golden.turn": frozenset({SYSTEM}),
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
    **EDGES,
    # The demonstration plant, and only there
    "demo.use": PEOPLE | {SYSTEM},
    # Keeping the house: master data and people, never facts
    "people.import": frozenset({API, SYSTEM}),
    "master.edit": frozenset({ADMIN, SYSTEM, API}),
    "health.read": frozenset({ADMIN}),
    **TRACING,
    "label.print": FLOOR | QUALITY | {WAREHOUSE, INSPECTOR, MAINTENANCE, ADMIN},
    "people.read": frozenset({LEADER, MANAGER, ADMIN}),
    "people.edit": frozenset({ADMIN, SYSTEM}),
    "role.read": frozenset({MANAGER, ADMIN}),
    "device.manage": frozenset({ADMIN, SYSTEM}),
    "api-key.create": frozenset({ADMIN, SYSTEM}),
}

# What an open page may listen to: the first word of a topic, and the action that it takes.
TOPICS: dict[str, str] = {
    "news": "home.view", "person": "home.view", "talk": "home.view", "wall": "wall.view", "station": "station.use",
    "chart": "chart.read", "lot": "lot.read", "hold": "hold.read", "job": "job.read", "order": "order.read",
    "violation": "violation.read", "golden": "golden.read", "deviation": "deviation.read", "andon": "andon.read",
    "nonconformance": "nonconformance.read", "plc": "plc.view", "inspection": "inspection.read",
}

"""What the API answers, field by field; the documentation and its tests read it."""

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as s


def text(**more: object) -> s.CharField:
    return s.CharField(**more)


def maybe() -> s.CharField:
    return s.CharField(allow_null=True)


def time() -> s.DateTimeField:
    return s.DateTimeField(allow_null=True)


def amount() -> s.DecimalField:
    return s.DecimalField(max_digits=18, decimal_places=6)


class Problem(s.Serializer):
    """Problem details (RFC 9457); refusals add facts such as hold and nonconformance."""

    type, title, detail, code = s.URLField(), text(), text(), text()
    status = s.IntegerField()
    errors = s.DictField(required=False)


class Refused(Problem):
    """A refused scan."""

    outcome = s.ChoiceField(["refused"])
    hold = s.IntegerField(allow_null=True)
    nonconformance = maybe()


class Material(s.Serializer):
    code, name, use, tracking, unit, gtin = text(), text(), text(), text(), text(), text()
    shelf_life_days = s.IntegerField(allow_null=True)
    active = s.BooleanField()


class Equipment(s.Serializer):
    code, name, level, state = text(), text(), text(), text()
    parent = maybe()
    state_at = time()
    active = s.BooleanField()


class Operation(s.Serializer):
    operation, station = text(), maybe()
    good, scrap, rework, wip = amount(), amount(), amount(), amount()


class JobOrder(s.Serializer):
    number, status, line = text(), text(), maybe()
    quantity, good, scrap = amount(), amount(), amount()
    due_at, started_at, ended_at = time(), time(), time()
    operations = Operation(many=True)


class WorkRequest(s.Serializer):
    number, material, unit, status, customer = text(), text(), text(), text(), maybe()
    quantity = amount()
    priority = s.IntegerField()
    due_at = time()
    job_orders = JobOrder(many=True)


class KitSubstitute(s.Serializer):
    material, unit = text(), text()
    free, quantity, covers = amount(), amount(), amount()


class KitLine(s.Serializer):
    operation, material, unit = text(), text(), text()
    needed, free, short = amount(), amount(), amount()
    substitutes = KitSubstitute(many=True)


class Kit(s.Serializer):
    job_order, status, complete = text(), text(), s.BooleanField()
    quantity = amount()
    needed_at = time()
    lines = KitLine(many=True)


class Hold(s.Serializer):
    id = s.IntegerField()
    target_kind, target, cause_kind, cause, reason, placed_by = text(), text(), text(), text(), text(), text()
    nonconformance, release_reason = maybe(), text()
    placed_at, released_at = time(), time()
    spread_from = s.IntegerField(allow_null=True)


class SpreadHold(s.Serializer):
    id, target = s.IntegerField(), text()


class Released(Hold):
    released_with = SpreadHold(many=True)


class Holds(s.Serializer):
    results = Hold(many=True)
    next = maybe()


class Balance(s.Serializer):
    bucket, place, quantity = text(), text(), amount()


class Lot(s.Serializer):
    number, kind, material, unit, status, supplier = text(), text(), text(), text(), text(), maybe()
    supplier_lot, job_order = text(), text()
    expires_at, created_at = time(), time()
    balances = Balance(many=True)
    holds = Hold(many=True)


class Node(s.Serializer):
    number, kind, material, status = text(), text(), text(), text()


class Edge(s.Serializer):
    parent, child, quantity, job_order, operation, at = text(), text(), amount(), text(), text(), time()


class Genealogy(s.Serializer):
    lot, direction = text(), text()
    nodes, edges = Node(many=True), Edge(many=True)


class Scan(s.Serializer):
    outcome = s.ChoiceField(["accepted", "attention"])
    message, kind, lot, next = text(), text(), text(), text()
    replayed = s.BooleanField()


class Readings(s.Serializer):
    received, stored = s.IntegerField(), s.IntegerField()


class Violation(s.Serializer):
    id = s.IntegerField()
    chart, rule, status, value, nonconformance = text(), text(), text(), maybe(), maybe()
    at, last_good_at, ended_at, detected_at, respond_by = time(), time(), time(), time(), time()
    snoozed_until, closed_at = time(), time()
    cause, assignable_cause, action_taken = maybe(), text(), text()


class Violations(s.Serializer):
    results = Violation(many=True)
    next = maybe()


class SuspectLot(s.Serializer):
    lot, status, quantity, disposed = text(), text(), amount(), amount()
    direct = s.BooleanField()


class Disposition(s.Serializer):
    lot, decision, quantity, reason, by, at = text(), text(), amount(), text(), text(), time()


class Nonconformance(s.Serializer):
    number, status, severity, title, source_kind, source = text(), text(), text(), text(), text(), text()
    opened_at, closed_at, suspect_from, suspect_to = time(), time(), time(), time()
    equipment = maybe()
    lots, dispositions = SuspectLot(many=True), Disposition(many=True)


class Entry(s.Serializer):
    id, seq = s.IntegerField(), s.IntegerField()
    stream, kind, subject_kind, subject_id, subject, actor, reason = (text() for _ in range(7))
    at = time()
    data = s.DictField()


class Feed(s.Serializer):
    results = Entry(many=True)
    next = text()


class Analysis(s.Serializer):
    """What the command of the same name prints with --json; which fields there are depends on it and its options."""

    method, letter, n, center, cpk = (s.JSONField(required=False) for _field in range(5))


class ShipmentLine(s.Serializer):
    line = s.IntegerField()
    material, unit = text(), text()
    quantity, picked = amount(), amount()


class ShippedLot(s.Serializer):
    line = s.IntegerField()
    lot, material = text(), text()
    sscc, pallet = maybe(), maybe()
    quantity = amount()


class Shipment(s.Serializer):
    number, customer, status, address, vehicle = text(), text(), text(), text(), text()
    due_at, shipped_at = time(), time()
    lines = ShipmentLine(many=True)
    lots = ShippedLot(many=True)


# The names of EPCIS 2.0, which are not ours to choose.
EpcisBody = inline_serializer("EpcisBody", {
    "eventList": s.ListField(child=s.DictField(), required=False), "queryResults": s.DictField(required=False),
})
EpcisDocument = type(inline_serializer("EpcisDocument", {
    "type": text(), "schemaVersion": text(), "creationDate": s.DateTimeField(), "epcisBody": EpcisBody,
}))
EpcisTaken = type(inline_serializer("EpcisTaken", {
    "captureID": text(), "createdAt": s.DateTimeField(), "finishedAt": s.DateTimeField(),
    "running": s.BooleanField(), "success": s.BooleanField(), "events": s.IntegerField(), "new": s.IntegerField(),
}))

"""What the API answers about the shop floor, field by field."""

from rest_framework import serializers as s

from integrations.erp.answers import maybe, text, time


class Andon(s.Serializer):
    id = s.IntegerField()
    station, kind, about, status, note = text(), text(), text(), text(), text()
    called_by, owner_role = text(), text()
    job_order, owner, acknowledged_by, kind_of_cause = maybe(), maybe(), maybe(), maybe()
    cause, action_taken = text(), text()
    called_at, respond_by, acknowledged_at, closed_at = time(), time(), time(), time()
    maintenance_orders = s.ListField(child=text())


class Step(s.Serializer):
    step = s.IntegerField()
    text, remark = text(), text()
    required = s.BooleanField()
    done = s.BooleanField(allow_null=True)


class MaintenanceOrder(s.Serializer):
    number, equipment, kind, title, status = text(), text(), text(), text(), text()
    plan, owner, done_by, kind_of_cause = maybe(), maybe(), maybe(), maybe()
    andon = s.IntegerField(allow_null=True)
    owner_role, opened_by, findings = text(), text(), text()
    hours = maybe()
    opened_at, due_at, started_at, done_at, closed_at = time(), time(), time(), time(), time()


class MaintenanceOrderWithSteps(MaintenanceOrder):
    steps = Step(many=True)


class MaintenanceDue(s.Serializer):
    id = s.IntegerField()
    plan, equipment, by = text(), text(), text()
    used_percent = s.IntegerField()
    overdue = s.BooleanField()
    last_done_at, judged_at = time(), time()


class MaintenancePlan(s.Serializer):
    code, name, when_due, owner_role = text(), text(), text(), text()
    equipment, equipment_class, parameter = maybe(), maybe(), maybe()
    every_days, every_hours, every_count = (s.IntegerField(allow_null=True) for _field in range(3))
    above = maybe()
    active = s.BooleanField()


class Tool(s.Serializer):
    code, name, worn_by, when_over = text(), text(), text(), text()
    equipment_class, mounted_at = maybe(), maybe()
    life, pieces_a_shot, used_percent = (s.IntegerField() for _field in range(3))
    used = text()
    worn_out, active = s.BooleanField(), s.BooleanField()
    judged_at = time()


class Life(s.Serializer):
    used, reason, by = text(), text(), text()
    ended_at = time()


class Mounting(s.Serializer):
    station, used_before, reason = text(), text(), text()
    used_after = maybe()
    from_at, to_at = time(), time()


class ToolHistory(s.Serializer):
    lives, mountings = Life(many=True), Mounting(many=True)

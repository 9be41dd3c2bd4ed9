"""Fill an empty plant with the demonstration; on a filled one, only renew what a restart changes."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from demo.seeds import (
    amended,
    boards,
    boxes,
    branches,
    clock,
    crew,
    deciding,
    desks,
    doors,
    gauges,
    ground,
    handbill,
    history,
    improving,
    instruments,
    joined,
    machines,
    measuring,
    outbound,
    papers,
    planning,
    process,
    recalling,
    rounds,
    scanned,
    scenario,
    sensors,
    service,
    sourcing,
    traced,
    upkeep,
    watched,
)
from demo.seeds.floor import Floor
from demo.seeds.stock import count_a_bin, receive_all
from integrations.plc import demo_map
from plant.models import Equipment, Person
from qms.models import Inspection

DAYS = "SELECT zz_reading_partitions((now() - interval '31 days')::date, (now() + interval '7 days')::date)"


class Command(BaseCommand):
    """manage.py seed_demo"""

    help = "Fill an empty plant with the demonstration data."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demonstration plant. Set DEMO=1 if you want it filled with invented data.")
        facts = handbill.read()
        if not Equipment.objects.exists():
            with transaction.atomic():
                facts["scenario"] = self.fill()
        machines.reconnect()
        with transaction.atomic():
            key = handbill.api_key()
        handbill.write({**facts, "logins": handbill.logins(), "api_key": key, "plcs": handbill.plcs()})

    def fill(self) -> dict[str, Any]:
        """Everything, from the ground up."""
        now = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(DAYS)
        ground.places()
        ground.materials()
        ground.people(now)
        process.parameters()
        process.routings(now)
        branches.draft()
        process.control_plans(now)
        process.reject_limits()
        machines.controllers()
        machines.channels()
        clock.calendars(now)
        clock.machine_days(now, self.person("leader"))
        history.fill_streams(self.normal(), now)
        machines.bench()
        process.charts(self.person("engineer"), now)
        watched.fill(self.person("engineer"), now)
        instruments.instruments(self.person("engineer"), now)
        instruments.smoothing(self.person("admin"), now)
        measuring.register(self.person("inspector"), now)
        return self.live(now)

    def live(self, now: Any) -> dict[str, Any]:
        """A month on the floor, and the floor as it stands now."""
        warehouse, engineer, leader = self.person("warehouse"), self.person("engineer"), self.person("leader")
        inspector = self.person("inspector")
        gauges.studies_of_gauges(engineer, self.person("manager"), inspector, now)
        floor = Floor(self.person("operator"), self.person("planner"), history.receive_stock(warehouse, now), now)
        deciding.ground_rules(now)
        jobs = history.make_orders(floor, inspector, now)
        history.tell_a_case(jobs[2], engineer, self.person("manager"), leader, now - history.EVERY * 6)
        outbound.fill(jobs, warehouse, now)
        desks.begin_capa(jobs[7], engineer, leader, now - history.EVERY * 2)
        improving.eight_d(jobs[5], self.people(), now - history.EVERY * 3)
        deciding.decide(jobs, self.people(), now)
        deciding.audit(self.people(), now)
        first = floor.stock["PCB-100"]
        boards.keep(engineer, first.created_at)
        task = desks.ask_for_inspection(first, inspector, first.created_at)
        desks.measure_boards(task, inspector, first.created_at)
        boards.sign(Inspection.objects.get(pk=task.pk), self.person("manager"), first.created_at)
        measuring.find_out(engineer, now)
        measuring.ask(first, inspector, now)
        measuring.lend(leader, inspector, now)
        floor.stock = receive_all(2, warehouse, now)
        desks.ask_for_inspection(floor.stock["PCB-100"], inspector, now)
        count_a_bin(floor.stock["CARTON-S"], warehouse, now)
        upkeep.fill(self.person("maintenance"), self.person("operator"), leader, now)
        self.shop_floor(floor, leader, now)
        papers.fill(engineer, self.person("manager"), now)
        sourcing.fill(engineer, self.person("manager"), warehouse, now)
        service.fill(engineer, self.person("manager"), warehouse, now)
        recalling.fill(engineer, self.person("manager"), warehouse, now)
        planning.fill(engineer, self.person("manager"), now)
        scanned.fill(warehouse, now)
        amended.fill(leader, engineer, warehouse, now)
        traced.fill(self.people(), now)
        joined.fill(self.people(), now)
        doors.fill(self.people(), now)
        return scenario.set_up(floor, now)

    def shop_floor(self, floor: Floor, leader: Person, now: datetime) -> None:
        """Its people and their shifts, their checks, a stop that was put right, labels on what lies there."""
        crew.skills(now)
        crew.plan(leader, now)
        inspector = self.person("inspector")
        sensors.product(now)
        sensors.deliver(floor, self.person("warehouse"), inspector, now)
        rounds.tell(floor, inspector, leader, now)
        people = [self.person(number) for number in ("operator2", "leader", "maintenance", "manager")]
        rounds.stand_still(people, now)
        crew.hand_over(now)
        raw = [floor.stock[code] for code in ("PASTE-SAC", "MCU-32", "CAP-10U")]
        boxes.print_labels(raw, floor.operator, leader, now)

    def normal(self) -> dict[str, float]:
        """The usual value of each stream."""
        return {line.parameter: line.normal for line in demo_map.REGISTERS if line.parameter}

    def people(self) -> dict[str, Person]:
        """Everybody by their number."""
        return {person.number: person for person in Person.objects.all()}

    def person(self, number: str) -> Person:
        return Person.objects.get(number=number)

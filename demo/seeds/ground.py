"""Places, materials, partners and people."""

from datetime import datetime, timedelta

from demo.data import ground
from plant import pins
from plant.models import (
    Equipment,
    EquipmentLevel,
    MaterialDefinition,
    Partner,
    Person,
    PersonQualification,
    PersonRole,
    Qualification,
    ReasonCode,
    Unit,
)
from traceability.models import StoragePlace


def places() -> None:
    """Site, area, stores with their bins, and two lines of the same six stations."""
    code, name = ground.SITE
    site = Equipment.objects.create(code=code, name=name, level=EquipmentLevel.SITE, gln=ground.GLNS[code])
    code, name = ground.AREA
    area = Equipment.objects.create(code=code, name=name, level=EquipmentLevel.AREA, parent=site)
    for code, name in ground.STORES:
        Equipment.objects.create(
            code=code, name=name, level=EquipmentLevel.WORK_CENTER, parent=area, stores_material=True
        )
    for code, name, store, _kind, _material in ground.BINS:
        Equipment.objects.create(
            code=code, name=name, level=EquipmentLevel.WORK_UNIT, parent=Equipment.objects.get(code=store),
            stores_material=True,
        )
    for number, (line_code, line_name) in enumerate(ground.LINES, 1):
        line = Equipment.objects.create(code=line_code, name=line_name, level=EquipmentLevel.WORK_CENTER, parent=area)
        for station, name in ground.STATIONS:
            Equipment.objects.create(
                code=f"L{number}-{station}", name=name, level=EquipmentLevel.WORK_UNIT, parent=line
            )


def materials() -> None:
    """Units, materials, what the bins are for, partners and reason codes."""
    Unit.objects.bulk_create(Unit(code=code, name=name, symbol=symbol) for code, name, symbol in ground.UNITS)
    for code, name, use, tracking, unit, days in ground.MATERIALS:
        MaterialDefinition.objects.create(
            code=code, name=name, use=use, tracking=tracking, unit_id=unit, shelf_life_days=days,
            gtin=ground.GTINS.get(code, ""),
        )
    for code, _name, _store, kind, kept in ground.BINS:
        StoragePlace.objects.create(
            equipment=Equipment.objects.get(code=code), kind=kind,
            material=MaterialDefinition.objects.filter(code=kept).first(),
        )
    for code, name, kind in ground.PARTNERS:
        Partner.objects.create(code=code, name=name, kind=kind, gln=ground.GLNS.get(code, ""))
    for use, code, name, name_zh in ground.REASONS:
        loss = ground.LOSSES.get(code, "")
        ReasonCode.objects.create(use=use, code=code, name=name, name_zh=name_zh, loss=loss)
    for use, (code, name, name_zh), reasons in ground.REASON_TREES:
        parent = ReasonCode.objects.create(use=use, code=code, name=name, name_zh=name_zh)
        for below, english, chinese in reasons:
            ReasonCode.objects.create(use=use, code=below, name=english, name_zh=chinese, parent=parent)


def people(at: datetime) -> None:
    """People with roles, badges and skills; everybody has the demonstration password."""
    site = Equipment.objects.get(code=ground.SITE[0])
    skills = [Qualification.objects.create(code=code, name=name) for code, name in ground.QUALIFICATIONS]
    for number, name, roles, badge in ground.PEOPLE:
        person = Person(number=number, name=name, badge=badge, site=site)
        person.set_password(ground.PASSWORD)
        if badge:
            person.pin = pins.hashed(ground.PIN)
        person.save()
        PersonRole.objects.bulk_create(PersonRole(person=person, role=role) for role in roles)
        train(person, roles, skills, at)


def train(person: Person, roles: list[str], skills: list[Qualification], at: datetime) -> None:
    """Operators are qualified for a year, but for what they have not learned yet."""
    missing = ground.UNTRAINED.get(person.number, set())
    if "OPERATOR" not in roles:
        return
    PersonQualification.objects.bulk_create(
        PersonQualification(
            person=person, qualification=skill, valid_from=at - timedelta(days=90), valid_to=at + timedelta(days=275)
        )
        for skill in skills
        if skill.code not in missing
    )

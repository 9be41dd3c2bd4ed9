"""Who answers for a site's data: appointed by whom, one at a time, told of it and of what is late."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plant import inbox, policies, search
from plant.models import Equipment, EquipmentLevel, Notice, Parameter, ParameterKind, Role
from plant.queries import search as finding
from tests.traceability import worlds
from traceability import tasks
from traceability.commands import stewards
from traceability.commands.stewards import CantLookAfter
from traceability.models import DataSteward, Stream

pytestmark = pytest.mark.django_db
URL = "/anomalies/"


def silent(here: worlds.World, ago: timedelta) -> None:
    """An instrument that fell silent."""
    zone = Parameter.objects.create(code="ZONE", name="Zone", unit=here.pcb.unit, kind=ParameterKind.PROCESS)
    Stream.objects.create(code="OVEN1/ZONE", equipment=here.oven, parameter=zone, last_at=timezone.now() - ago)


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.QUALITY_MANAGER])
def test_only_the_quality_manager_appoints(role: str) -> None:
    here = worlds.world()
    with pytest.raises(policies.Forbidden):
        stewards.appoint(site=here.site, person=here.operator, url=URL, by=worlds.person("9", role), at=worlds.NOON)


def test_another_one_takes_over_and_both_are_told() -> None:
    here = worlds.world()
    manager, other = worlds.person("8", Role.QUALITY_MANAGER), worlds.person("9", Role.QUALITY_ENGINEER)
    first = stewards.appoint(site=here.site, person=here.operator, url=URL, by=manager, at=worlds.NOON)
    with pytest.raises(CantLookAfter):
        stewards.appoint(site=here.site, person=here.operator, url=URL, by=manager, at=worlds.NOON)
    second = stewards.appoint(site=here.site, person=other, url=URL, by=manager, at=worlds.NOON)
    assert list(DataSteward.objects.filter(until_at__isnull=True)) == [second]
    assert DataSteward.objects.get(pk=first.pk).until_at == worlds.NOON
    assert [one.person.number for one in Notice.objects.order_by("pk")] == ["1007", "1007", "9"]


def test_who_does_not_work_there_is_not_appointed() -> None:
    here = worlds.world()
    manager, stranger = worlds.person("8", Role.QUALITY_MANAGER), worlds.person("9", Role.CUSTOMER)
    elsewhere = worlds.person("10", Role.OPERATOR)
    elsewhere.site = Equipment.objects.create(code="SZ2", name="Other", level=EquipmentLevel.SITE)
    elsewhere.save()
    for person in (stranger, elsewhere):
        with pytest.raises(CantLookAfter):
            stewards.appoint(site=here.site, person=person, url=URL, by=manager, at=worlds.NOON)
    with pytest.raises(CantLookAfter):
        stewards.appoint(site=here.line, person=here.operator, url=URL, by=manager, at=worlds.NOON)


def test_is_told_once_of_what_is_late_and_has_it_in_the_inbox(client) -> None:
    here = worlds.world()
    silent(here, timedelta(days=2))
    client.force_login(worlds.person("8", Role.QUALITY_MANAGER))
    said = {"site": "SZ1", "person": "1007"}
    assert client.post(reverse("traceability:anomaly-appoint"), said).status_code == 302
    assert (tasks.tell_stewards(), tasks.tell_stewards()) == (1, 0)
    late = Notice.objects.get(kind="ESCALATION")
    assert (late.person, late.url) == (here.operator, reverse("traceability:anomaly-list"))
    [line] = [one for one in inbox.gather(here.operator) if one.url == late.url and one.state == "LATE"]
    assert "1" in line.detail
    page = client.get(reverse("traceability:anomaly-list")).content.decode()
    assert "Wang 1007" in page


def test_a_refused_appointment_opens_its_dialog_again(client) -> None:
    here = worlds.world()
    worlds.person("9", Role.CUSTOMER)
    client.force_login(worlds.person("8", Role.QUALITY_MANAGER))
    for _turn in range(2):
        answer = client.post(reverse("traceability:anomaly-appoint"), {"site": "SZ1", "person": here.operator.number})
    assert answer.status_code == 409
    assert answer.context["dialogs"].opened


@pytest.mark.parametrize(("role", "leads"), [(Role.QUALITY_ENGINEER, True), (Role.OPERATOR, False)])
def test_a_whole_staff_number_leads_quality_to_what_they_worked_on(role: str, leads: bool) -> None:
    worlds.world()
    reader = worlds.person("9", role)
    hit = finding.exact(search.find("1007", reader))
    assert (hit is not None and "kind=person&code=1007" in hit.url) == leads
    assert [one for one in search.find("Wang", reader) if "kind=person" in one.url] == []

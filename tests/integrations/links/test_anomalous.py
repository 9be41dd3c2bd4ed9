"""Dead letters of connections stand in the one queue of data to put right, for whoever may read messages."""

from django.urls import reverse

from integrations.links import work
from integrations.models import Exchange
from plant.models import Role
from tests.factories import person
from tests.integrations.links import factories
from tests.integrations.links.test_spine import Clock, carry
from traceability import anomalies


def test_a_dead_letter_waits_in_the_queue_of_data_to_put_right(committed_db):
    clock = Clock()
    carry(factories.connection(), clock, factories.incoming({"nonsense": 1}))
    for _turn in range(10):
        clock.on(minutes=10)
        work.carry_in(clock=clock)
    parked = Exchange.objects.get()

    [found] = [one for one in anomalies.queue(factories.integrator(), clock()) if one.sort.key == "dead-letter"]

    assert found.one.url == reverse("integrations:exchange-detail", args=[parked.pk])
    assert found.one.detail == parked.last_error
    assert not [one for one in anomalies.queue(person("OP", Role.OPERATOR), clock()) if one.sort.key == "dead-letter"]

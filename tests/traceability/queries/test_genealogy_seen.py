"""A chain is never silently short: what belongs elsewhere stands in it, without a word of what it is."""

import pytest
from django.test import Client

from plant.models import PartnerKind, Role
from tests import factories
from tests.plant.test_scoping import other_site
from traceability.models import Link
from traceability.queries import genealogy
from traceability.queries.genealogy_seen import seen_by

pytestmark = pytest.mark.django_db


def chain():
    """Made there of what came from here, and shipped back here into something."""
    here, there = factories.site(), other_site()
    first = factories.received("HERE-1", supplier=factories.supplier("ACME"), supplier_lot="SL-1")
    between = factories.received("THERE-1", site=there, supplier=factories.supplier("RIVAL"))
    last = factories.received("HERE-2", site=here)
    for parent, child in ((first, between), (between, last)):
        Link.objects.create(
            parent=parent, child=child, quantity=3, at=factories.NOW, job_order="WO-SECRET", operation="SECRET"
        )
    return first, between, last


def test_a_lot_of_another_site_stands_in_the_chain_without_its_details():
    first, between, last = chain()

    found = seen_by(genealogy.trace(last), factories.person("P", Role.INSPECTOR, site=factories.site()))

    assert [(node.id, node.number) for node in found.upstream] == [(between.pk, ""), (first.pk, "HERE-1")]
    bare = found.by_id[between.pk]
    assert (bare.is_elsewhere, bare.material, bare.supplier, bare.quantity, bare.balances) == (True, "", "", 0, {})
    assert [(edge.quantity, edge.job_order) for edge in found.edges] == [(3, ""), (3, "WO-SECRET")]


def test_a_suppliers_person_sees_their_own_lots_and_not_that_there_are_others():
    first, _between, _last = chain()
    person = factories.person("S", Role.SUPPLIER, partner=factories.supplier("ACME"))
    assert person.partner.kind == PartnerKind.SUPPLIER

    found = seen_by(genealogy.trace(first), person)

    assert ([node.number for node in found.nodes], found.edges) == (["HERE-1"], ())


def test_who_reaches_everything_sees_the_chain_as_it_is():
    _first, _between, last = chain()
    whole = genealogy.trace(last)

    assert seen_by(whole, factories.person("ALL", Role.INSPECTOR)) is whole


PATHS = ["/trace/lots/HERE-2/", "/trace/lots/HERE-2/?tab=materials", "/trace/lots/HERE-2/genealogy.json",
         "/trace/where-used/?supplier_lot=SL-1", "/trace/where-used/genealogy.json?supplier_lot=SL-1"]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_of_a_chain_names_what_belongs_elsewhere(path):
    chain()
    client = Client()
    client.force_login(factories.person("P", Role.QUALITY_ENGINEER, site=factories.site(), language="en"))

    answer = client.get(path)

    assert answer.status_code == 200
    assert "THERE-1" not in answer.content.decode()
    if "materials" not in path:
        assert "Belongs elsewhere" in answer.content.decode()

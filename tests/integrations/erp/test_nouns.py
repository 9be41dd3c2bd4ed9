"""What holds of every business object of the API, and of each that comes in."""

import pytest

from integrations.nouns.registry import NOUNS
from plant.models import Person, PersonRole
from tests import factories
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.mes import factories as floor

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]
EVERY = sorted(NOUNS)
SENT = {
    "units": ("KGM", {"name": "kilogram", "symbol": "kg"}, {"symbol": "KG"}),
    "partners": ("C-NEW", {"name": "New", "kind": "CUSTOMER"}, {"gln": "4012345000009"}),
    "persons": ("100234", {"name": "Li Wei", "site": "SITE"}, {"active": False}),
    "reason-codes": ("SCRAP:DENT", {"name": "Dented"}, {"name_zh": "凹痕"}),
    "material-definitions": ("NEW", {"name": "New", "unit": "C62"}, {"use": "FINISHED"}),
    "storage-places": ("BIN-9", {"name": "Bin nine", "parent": "SITE"}, {"kind": "DOCK"}),
    "equipment": ("LINE-9", {"name": "Nine", "level": "WORK_CENTER", "parent": "SITE"}, {"active": False}),
}


@pytest.fixture(name="erp")
def erp_with_a_plant():
    floor.world()
    return caller()


@pytest.mark.parametrize("code", EVERY)
def test_every_list_pages_filters_and_tells_only_what_was_asked(erp, code):
    noun = NOUNS[code]
    whole = erp.get(f"{code}/").json()
    pages, after = [], ""
    for _page in range(len(whole["results"]) + 1):
        page = erp.get(f"{code}/?limit=1&after={after}").json()
        pages, after = [*pages, *page["results"]], page["next"]
        if not after:
            break

    assert pages == whole["results"]
    field = next(iter(noun.answer().fields))
    assert all(list(row) == [field] for row in erp.get(f"{code}/?fields={field}").json()["results"])
    for name in noun.filters:
        assert erp.get(f"{code}/?{name}=true").status_code in {200, 400}, name
    for order in noun.orders:
        there, back = (erp.get(f"{code}/?order={sign}{order}").json()["results"] for sign in ("", "-"))
        assert len(there) == len(back) == len(whole["results"])
    for wrong in ("order=secret", "fields=password", "after=xyz", "limit=0", "unknown=1", "after=%00"):
        assert erp.get(f"{code}/?{wrong}").status_code == 400, wrong


@pytest.mark.parametrize("code", EVERY)
def test_what_a_list_tells_is_found_by_its_key(erp, code):
    noun = NOUNS[code]
    for row in erp.get(f"{code}/?limit=3").json()["results"]:
        found = erp.get(f"{code}/{row[noun.key]}/")
        assert found.status_code == 200
        assert row.items() <= found.json().items()
    assert code_of(erp.get(f"{code}/NOTHING/"))[::2] == (404, PROBLEM)


@pytest.mark.parametrize("code", SENT)
def test_what_is_put_comes_back_and_the_same_again_changes_nothing(erp, code):
    key, words, more = SENT[code]
    first, again, changed = (erp.put(f"{code}/{key}/", said) for said in (words, words, {**words, **more}))

    assert (first.status_code, again.status_code, changed.status_code) == (201, 200, 200), first.json()
    assert first.json() == again.json()
    assert {**first.json(), **more} == changed.json() == erp.get(f"{code}/{key}/").json()


def test_a_routing_comes_in_once_and_is_never_written_over(erp):
    operation = {"sequence": 10, "code": "MAKE", "name": "Make", "stations": ["OVEN"],
                 "materials": [{"material": "PCB", "quantity": "2"}]}  # fmt: skip
    factories.material("NEW")
    words = {"operations": [operation]}
    first, again = (erp.put("work-masters/NEW/", words) for _time in range(2))
    other = erp.put("work-masters/NEW/", {"operations": [{**operation, "code": "OTHER"}]})

    assert (first.status_code, again.status_code) == (201, 200), first.json()
    assert first.json()["operations"][0]["materials"][0]["quantity"] == "2"
    assert code_of(other) == (409, "routing-differs", PROBLEM)


def test_somebody_who_comes_from_outside_has_no_right(erp):
    erp.put("persons/100234/", {"name": "Li Wei"})
    person = Person.objects.get(number="100234")
    assert not person.has_usable_password()
    assert not PersonRole.objects.filter(person=person).exists()
    assert code_of(erp.put(f"persons/{erp.key.person.number}/", {"name": "x"})) == (409, "person-refused", PROBLEM)


@pytest.mark.parametrize(("key", "words"), [
    ("DENT", {}), ("SCRAP:", {}), ("TOY:DENT", {}), ("SCRAP:DENT", {"parent": "NONE"}),
    ("SCRAP:DENT", {"parent": "DENT"}), ("SCRAP:DENT", {"loss": "SETUP"}),
])  # fmt: skip
def test_a_reason_that_fits_no_use_is_refused(erp, key, words):
    assert erp.put(f"reason-codes/{key}/", {"name": "Dented", **words}).status_code == 400

"""The lists of quality after years: what the database needs for a page, however it is searched, sorted and narrowed."""

import json
import time

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks import quality_lists
from plant.models import Role
from tests import factories as ground
from tests.qms import factories as make

pytestmark = pytest.mark.django_db
ALLOWED_MS = 300
ASKED = {
    "inspection-list": [
        "", "status=DECIDED", "status=DECIDED&sort=-decided", "status=DECIDED&sort=-number", "q=BL000777", "q=BI0090",
        "status=DECIDED&kind=IQC&verdict=FAIL", "status=DECIDED&operation=OP3&sort=lot", "material=M",
        "status=DECIDED&q=WO1999",
    ],
    "nonconformance-list": [
        "", "status=CLOSED", "status=CLOSED&severity=CRITICAL", "status=CLOSED&sort=-due", "q=BL000777",
        "q=Scratch 777",
        "status=CLOSED&sort=lots",
    ],
}


@pytest.fixture(scope="module")
def years(django_db_setup, django_db_blocker):
    """Years of inspections, written once for this file and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        lot = ground.received("BL0", 100)
        quality_lists.filled(
            lot=lot, place=ground.station(), by=ground.person("QC", Role.INSPECTOR), at=timezone.now(),
            characteristic=make.characteristic(),
        )
        who = ground.person("QM", Role.QUALITY_MANAGER)
        yield who
        transaction.set_rollback(True)


class Plans:
    """What the database says each statement of a page takes."""

    def __init__(self):
        self.took, self.worst = 0.0, ("", 0.0)

    def __call__(self, execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith("SELECT"):
            return execute(sql, params, many, context)
        with connection.connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
            plan = cursor.fetchone()[0]
        plan = json.loads(plan)[0] if isinstance(plan, str) else plan[0]
        took = plan["Execution Time"] + plan["Planning Time"]
        self.took += took
        self.worst = max(self.worst, (sql[:2000], took), key=lambda one: one[1])
        return execute(sql, params, many, context)


@pytest.mark.parametrize(("page", "query"), [(page, query) for page, queries in ASKED.items() for query in queries])
def test_a_page_of_a_long_list_needs_little_of_the_database(years, page, query):
    client = Client()
    client.force_login(years)
    address = f"{reverse(f'qms:{page}')}?{query}"
    client.get(address)  # what is read once is read
    plans, began = Plans(), time.perf_counter()
    client.get(address)
    whole = 1000 * (time.perf_counter() - began)

    with connection.execute_wrapper(plans):
        answer = client.get(address)

    print(f"{page}?{query}: {plans.took:.0f} ms in the database, {whole:.0f} ms whole")
    assert answer.status_code == 200
    assert plans.took <= ALLOWED_MS, plans.worst


def test_a_file_of_fifty_thousand_rows_begins_at_once_and_is_never_held_whole(years):
    client = Client()
    client.force_login(years)
    began = time.monotonic()
    answer = client.get(reverse("qms:inspection-list") + "?status=DECIDED&format=csv")
    parts = iter(answer.streaming_content)
    next(parts), next(parts)
    first = time.monotonic() - began
    rest = [len(part) for part in parts]

    print(f"99,600 rows: first after {first:.2f} s, all after {time.monotonic() - began:.1f} s, {sum(rest):,} bytes")
    assert (answer.status_code, first < 5) == (200, True)
    assert max(rest) < 1_000_000
    assert sum(rest) > 5_000_000

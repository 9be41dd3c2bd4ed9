"""The sampling calculator."""

import pytest
from django.urls import reverse

from plant.models import Role
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db
ASKED = {"lot": 1200, "aql": "1.0", "level": "II", "severity": "normal", "standard": "iso2859-1"}


def page(role=Role.INSPECTOR, language="en", **asked):
    return signed_in(role, language=language).get(reverse("qms:sampling"), asked)


@pytest.mark.parametrize(("role", "status"), [
    (Role.INSPECTOR, 200), (Role.QUALITY_ENGINEER, 200), (Role.OPERATOR, 403), (Role.VIEWER, 403),
])  # fmt: skip
def test_inspectors_and_quality_open_it(role, status):
    assert page(role).status_code == status


def test_a_plan_stands_in_the_address():
    plan = page(**{**ASKED, "aql": "0.40", "lot": 280, "severity": "tightened"}).context["plan"]
    assert (plan.code_letter, plan.letter, plan.n, plan.ac, plan.re) == ("G", "H", 50, 0, 1)


@pytest.mark.parametrize(("asked", "text"), [
    ({"lot": 10, "aql": "0.65"}, "Inspect every item"), ({"aql": "0.40"}, "An arrow leads to another plan"),
    ({"standard": "mil-std-105e", "severity": "reduced"}, "Between the two numbers"), ({"aql": "25"}, "per 100"),
])  # fmt: skip
def test_what_is_special_is_said(asked, text):
    assert text in page(**{**ASKED, **asked}).content.decode()


def test_numbers_stand_in_tables_without_scripts():
    told = page(**ASKED).content.decode()
    for text in ("Chance of acceptance", "6.52 %", "Plans around it", "1.6 %", ">34<"):
        assert text in told, text


@pytest.mark.parametrize("asked", [
    {"lot": 1}, {"lot": "x"}, {"lot": 10**10}, {"aql": "3"}, {"level": "IV"}, {"severity": "hard"}, {"standard": "x"},
    {"aql": "15", "counts": "nonconforming"},
])  # fmt: skip
def test_what_the_tables_do_not_have_is_said_beside_its_field(asked):
    answer = page(**{**ASKED, **asked})
    assert answer.status_code == 200
    assert "plan" not in answer.context
    assert "field-error" in answer.content.decode()


@pytest.mark.parametrize(("method", "n"), [("attributes", 110), ("unknown", 42), ("known", 15)])
def test_a_plan_for_two_points(method, n):
    assert page(p1=1, alpha=5, p2=6, beta=10, method=method).context["points"].found.n == n


@pytest.mark.parametrize("asked", [{"p1": 6, "p2": 1}, {"p1": 1, "p2": 1.001}, {"p1": "x"}, {"alpha": 0}, {"p2": 100}])
def test_points_without_a_plan_are_refused_beside_the_field(asked):
    answer = page(**{"p1": 1, "alpha": 5, "p2": 6, "beta": 10, "method": "attributes", **asked})
    assert (answer.status_code, answer.context["points"].found) == (200, None)


def test_it_speaks_chinese():
    told = page(language="zh-hans", **ASKED).content.decode()
    for text in ("抽样方案", "批量", "检验水平", "接收质量限", "加严检验", "放宽检验", "接收概率"):
        assert text in told, text


@pytest.mark.parametrize("aql", ["0.010", "1000"])
@pytest.mark.parametrize("standard", ["iso2859-1", "mil-std-105e"])
def test_the_ends_of_the_tables_are_drawn(standard, aql):
    assert len(page(**{**ASKED, "aql": aql, "standard": standard}).context["neighbours"]) == 4

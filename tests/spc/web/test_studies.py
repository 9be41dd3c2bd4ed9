"""A gauge study from its design to its verdict, page by page."""

import pytest
from django.urls import reverse

from plant.models import Role
from spc.models import Study
from tests.factories import station
from tests.qms.factories import characteristic
from tests.qms.web.test_pages import signed_in
from tests.spc import factories

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


def url(name, *where):
    return reverse(f"spc:study-{name}", args=where)


def designed(**changes):
    asked = {"code": "MSA-9", "gauge": "CAL-1", "characteristic": characteristic("ZONE3").pk, "parts": 2, "trials": 2,
             "equipment": station().code, "appraisers": "Li, Wang", "method": "anova"}
    return asked | changes


def test_a_design_leads_to_its_page():
    answer = signed_in(Role.QUALITY_ENGINEER).post(url("new"), designed())

    study = Study.objects.get()
    assert answer.url == url("detail", "MSA-9")
    assert (study.appraisers, study.readings.count()) == (["Li", "Wang"], 8)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"parts": 1}, "parts"), ({"appraisers": "x" * 41}, "appraisers"), ({"appraisers": "A, A"}, "appraisers"),
     ({"code": "MSA-1"}, "code"), ({"characteristic": ""}, "characteristic")],
)  # fmt: skip
def test_a_refused_design_keeps_what_was_typed_and_says_where(changes, field):
    factories.study()

    answer = signed_in(Role.QUALITY_ENGINEER).post(url("new"), designed(**changes))

    assert answer.status_code in (409, 422)
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert Study.objects.count() == 1


def test_measuring_goes_from_cell_to_cell_and_back_for_a_slip():
    study, client = factories.study(), signed_in(Role.OPERATOR)

    for place in range(1, 9):
        assert client.get(url("collect", study.code)).context["cell"].place == place
        client.post(url("collect", study.code), {"place": place, "value": f"{place}.5"})
    client.post(url("collect", study.code) + "?place=3", {"place": 3, "value": "7"})

    assert list(study.readings.values_list("value", flat=True)) == [1.5, 2.5, 7, 4.5, 5.5, 6.5, 7.5, 8.5]
    assert client.get(url("collect", study.code)).url == url("detail", study.code)


def test_a_person_may_ask_for_their_own_measurements_and_a_word_is_no_value():
    study, client = factories.study(), signed_in(Role.OPERATOR)

    page = client.get(url("collect", study.code), {"appraiser": "B"})
    refused = client.post(url("collect", study.code) + "?appraiser=B", {"place": 3, "value": "much"})

    assert (page.context["cell"].appraiser, refused.status_code) == ("B", 422)
    assert not study.readings.filter(value__isnull=False).exists()


def test_a_table_from_a_spreadsheet_is_pasted():
    study, client = factories.study(), signed_in(Role.QUALITY_ENGINEER)

    kept = client.post(url("paste", study.code), {"rows": "part\tappraiser\ttrial\tvalue\n1\tA\t1\t5.5\n2,B,2,6\n"})
    unread = client.post(url("paste", study.code), {"rows": "1\tA\t1\t5,5\n"})
    unknown = client.post(url("paste", study.code), {"rows": "3\tA\t1\t5.5\n"})

    assert (kept.status_code, unread.status_code, unknown.status_code) == (302, 422, 409)
    assert study.readings.filter(value__isnull=False).count() == 2
    assert "Line 1 is not part" in unread.content.decode()


@LANGUAGES
def test_the_report_names_its_method_and_every_component(language):
    study = factories.measured(factories.study())

    page = signed_in(Role.QUALITY_ENGINEER, language=language).get(url("detail", study.code))

    assert page.context["verdict"]["tone"] == "failed"
    assert len(page.context["rows"]) == 7
    assert page.status_code == 200


def test_a_closed_study_stands_in_the_record_of_its_gauge():
    first, client = factories.measured(factories.study()), signed_in(Role.QUALITY_ENGINEER)
    client.post(url("close", first.code))

    page = client.get(url("detail", factories.study("MSA-2").code))

    assert [one.code for one in page.context["earlier"]] == ["MSA-1"]
    assert client.get(url("list")).status_code == 200


def test_a_study_is_given_up_with_a_reason():
    study, client = factories.study(), signed_in(Role.QUALITY_ENGINEER)

    assert client.post(url("cancel", study.code), {"reason": ""}).status_code == 422
    client.post(url("cancel", study.code), {"reason": "Gauge broken"})

    study.refresh_from_db()
    assert study.status == "CANCELLED"


def test_charts_have_their_numbers():
    study, client = factories.measured(factories.study()), signed_in(Role.OPERATOR)

    parts, appraisers, components = (
        client.get(url("data", study.code), {"part": part}).json() for part in ("parts", "appraisers", "components")
    )

    assert (parts["categories"], [one["name"] for one in parts["series"]]) == (["1", "2"], ["A", "B"])
    assert (appraisers["categories"], len(appraisers["series"])) == (["A", "B"], 2)
    assert sum(bar["value"] for bar in components["bars"]) == pytest.approx(100)


def test_a_study_is_printed_and_found():
    factories.measured(factories.study())
    client = signed_in(Role.QUALITY_ENGINEER)

    found = client.get("/search/", {"q": "MSA-1"}, follow=True)

    assert found.redirect_chain[-1][0] == url("detail", "MSA-1")


def test_an_operator_does_not_design():
    assert signed_in(Role.OPERATOR).get(url("new")).status_code == 403

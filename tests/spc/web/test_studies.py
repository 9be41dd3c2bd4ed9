"""A gauge study from its design to its approval, page by page."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from plant.commands import signatures
from plant.models import Role
from spc.models import Study, StudyKind
from spc.queries import studies
from spc.web import study_files
from tests.factories import PASSWORD, station
from tests.qms.factories import characteristic
from tests.qms.web.test_pages import signed_in
from tests.spc import factories

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


def url(name, *where):
    return reverse(f"spc:study-{name}", args=where)


def designed(**changes):
    asked = {"code": "MSA-9", "gauge": "CAL-1", "characteristic": characteristic("ZONE3").pk, "parts": 2, "trials": 2,
             "equipment": station().code, "appraisers": "Li, Wang", "method": "anova", "alpha": "0.05"}  # fmt: skip
    return asked | changes


def test_a_design_leads_to_its_page():
    answer = signed_in(Role.QUALITY_ENGINEER).post(url("new") + "?kind=crossed", designed(seed="7"))

    study = Study.objects.get()
    assert answer.url == url("detail", "MSA-9")
    assert (study.appraisers, study.readings.count(), study.seed) == (["Li", "Wang"], 8, 7)


@LANGUAGES
def test_every_kind_is_offered_and_has_its_form(language):
    client = signed_in(Role.QUALITY_ENGINEER, language=language)

    offered = client.get(url("new"), {"gauge": "CAL-1"}).content.decode()

    for kind in StudyKind.values:
        assert f"?kind={kind}&amp;gauge=CAL-1" in offered
        assert client.get(url("new"), {"kind": kind}).context["form"].kind == kind
    assert client.get(url("new"), {"kind": "none"}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [("crossed", {"parts": 1}, "parts"), ("crossed", {"appraisers": "x" * 41}, "appraisers"),
     ("crossed", {"appraisers": "A, A"}, "appraisers"), ("crossed", {"code": "MSA-1"}, "code"),
     ("crossed", {"characteristic": ""}, "characteristic"), ("crossed", {"labels": "P1"}, "labels"),
     ("linearity", {"references": "1 two"}, "references"), ("linearity", {"references": "1 1"}, "references"),
     ("attribute", {"ratings": "OK"}, "ratings"), ("attribute", {"ratings": "OK,NG", "pieces": "1,OK,x"}, "pieces"),
     ("attribute", {"ratings": "OK,NG", "pieces": "1,OK\n2,BAD"}, "pieces"), ("bias", {"reference": ""}, "reference"),
     ("bias", {"reference": "1", "appraisers": "A", "trials": 1}, "trials")],
)  # fmt: skip
def test_a_refused_design_keeps_what_was_typed_and_says_where(kind, changes, field):
    factories.study()

    answer = signed_in(Role.QUALITY_ENGINEER).post(url("new") + f"?kind={kind}", designed(**changes))

    assert answer.status_code in (409, 422)
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert Study.objects.count() == 1


@LANGUAGES
def test_the_report_names_its_method_and_every_component(language):
    study = factories.measured(factories.study())

    page = signed_in(Role.QUALITY_ENGINEER, language=language).get(url("detail", study.code))

    assert page.context["verdict"]["tone"] == "failed"
    assert len(page.context["told"].grids[0].rows) == 7
    assert len(page.context["pictures"]) == 6


def test_nobody_who_measures_sees_values_before_the_study_is_concluded():
    study, operator = factories.measured(factories.study()), signed_in(Role.OPERATOR)

    before = operator.get(url("detail", study.code))
    book = load_workbook(io.BytesIO(operator.get(url("workbook", study.code)).content))
    factories.concluded(study)

    assert (before.context["report"].answer, before.context["pictures"], book.sheetnames) == (None, [], ["Results"])
    assert operator.get(url("detail", study.code)).context["report"].answer is not None


def test_one_concludes_and_another_approves():
    study = factories.measured(factories.study())
    one = signed_in(Role.QUALITY_ENGINEER, number="QE1")
    other = signed_in(Role.QUALITY_ENGINEER, number="QE2")
    one.post(url("conclude", study.code), {"conclusion": "Not for this tolerance"})
    study.refresh_from_db()
    sign = {"password": PASSWORD, "reason": "Read", "seen_hash": signatures.content_hash(studies.seen(study))}

    assert one.post(url("approve", study.code), sign).status_code == 409
    assert other.post(url("approve", study.code), sign | {"password": "no"}).status_code == 409
    assert other.post(url("approve", study.code), sign).status_code == 302
    study.refresh_from_db()
    assert (study.status, study.conclusion) == ("APPROVED", "Not for this tolerance")


def test_a_study_is_sent_back_with_a_reason():
    study = factories.concluded(factories.measured(factories.study()))
    client = signed_in(Role.QUALITY_MANAGER)

    assert client.post(url("send-back", study.code), {"reason": ""}).status_code == 422
    client.post(url("send-back", study.code), {"reason": "Parts mixed up"})

    study.refresh_from_db()
    assert study.status == "COLLECTING"


def test_a_concluded_study_stands_in_the_record_of_its_gauge():
    factories.concluded(factories.measured(factories.study()))
    client = signed_in(Role.QUALITY_ENGINEER)

    page = client.get(url("detail", factories.study("MSA-2").code))

    assert [one.code for one in page.context["earlier"]] == ["MSA-1"]
    assert client.get(url("list")).status_code == 200


def test_a_study_is_given_up_with_a_reason():
    study, client = factories.study(), signed_in(Role.QUALITY_ENGINEER)

    assert client.post(url("cancel", study.code), {"reason": ""}).status_code == 422
    client.post(url("cancel", study.code), {"reason": "Gauge broken"})

    study.refresh_from_db()
    assert study.status == "CANCELLED"


@LANGUAGES
def test_a_study_goes_out_as_workbook_and_on_paper(language):
    study = factories.concluded(factories.measured(factories.study(gauge="=1+1")))
    client = signed_in(Role.QUALITY_ENGINEER, language=language)

    book = load_workbook(io.BytesIO(client.get(url("workbook", study.code)).content))
    paper = study_files.sheet(studies.by_code(study.code), client.get("/").wsgi_request.user)

    values = [row[-1] for row in book.worksheets[1].iter_rows(min_row=4, max_col=5, values_only=True)]
    assert values == [1, 3, 5, 7, 9, 11, 17, 19]
    gauge = book.worksheets[0].cell(3, 2)
    assert (gauge.value, gauge.data_type) == ("=1+1", "s")
    assert (len(paper.pictures), len(paper.tables)) == (6, 4)


def test_a_study_is_found():
    factories.measured(factories.study())

    found = signed_in(Role.QUALITY_ENGINEER).get("/search/", {"q": "MSA-1"}, follow=True)

    assert found.redirect_chain[-1][0] == url("detail", "MSA-1")


def test_an_operator_does_not_design():
    assert signed_in(Role.OPERATOR).get(url("new")).status_code == 403

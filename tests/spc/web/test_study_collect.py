"""Values for a study: cell by cell on a tablet, by two people at once, from spreadsheets and files."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from plant.models import Role
from spc.commands.studies import Piece
from spc.web import study_tables
from tests.qms.web.test_pages import signed_in
from tests.spc import factories

pytestmark = pytest.mark.django_db


def url(name, *where):
    return reverse(f"spc:study-{name}", args=where)


def kept(study):
    return list(study.readings.values_list("value", flat=True))


def test_measuring_goes_from_cell_to_cell_and_back_for_a_slip():
    study, client = factories.study(), signed_in(Role.OPERATOR)

    for place in range(1, 9):
        assert client.get(url("collect", study.code)).context["cell"].place == place
        client.post(url("collect", study.code), {"place": place, "value": f"{place}.5"})
    client.post(url("collect", study.code) + "?place=3", {"place": 3, "value": "7", "correct": "True"})

    assert kept(study) == [1.5, 2.5, 7, 4.5, 5.5, 6.5, 7.5, 8.5]
    assert client.get(url("collect", study.code)).url == url("detail", study.code)


def test_two_appraisers_measure_at_once_and_neither_sees_the_other():
    study = factories.study()
    one, other = signed_in(Role.OPERATOR, number="O1"), signed_in(Role.OPERATOR, number="O2")
    for client, who, places in ((one, "A", (1, 2)), (other, "B", (3, 4))):
        for place in places:
            client.post(url("collect", study.code) + f"?appraiser={who}", {"place": place, "value": f"{place}.25"})

    clash = other.post(url("collect", study.code), {"place": 1, "value": "9"})
    peeked = other.get(url("collect", study.code), {"place": 1})

    assert kept(study)[:4] == [1.25, 2.25, 3.25, 4.25]
    assert (clash.status_code, clash.context["cell"].place) == (409, 5)
    assert (peeked.context["cell"].place, "1.25" in peeked.content.decode()) == (5, False)


def test_a_word_is_no_value():
    study, client = factories.study(), signed_in(Role.OPERATOR)

    page = client.get(url("collect", study.code), {"appraiser": "B"})
    refused = client.post(url("collect", study.code) + "?appraiser=B", {"place": 3, "value": "much"})

    assert (page.context["cell"].appraiser, refused.status_code) == ("B", 422)
    assert kept(study) == [None] * 8


def test_a_judge_chooses_a_word_and_scans_the_part():
    pieces = [Piece("P1", standard="OK"), Piece("P2", standard="NG")]
    study, client = factories.study(kind="attribute", pieces=pieces), signed_in(Role.INSPECTOR)
    page = client.get(url("collect", study.code))
    right = page.context["part"].label
    wrong = "P2" if right == "P1" else "P1"

    refused = client.post(url("collect", study.code), {"place": 1, "value": "NG", "scanned": wrong})
    client.post(url("collect", study.code), {"place": 1, "value": "NG", "scanned": right})

    assert (refused.status_code, f"This is part {wrong}" in refused.content.decode()) == (409, True)
    assert study.readings.get(place=1).rating == "NG"


def test_a_table_with_faults_names_each_line_and_loses_nothing():
    study, client = factories.study(), signed_in(Role.QUALITY_ENGINEER)
    text = "part\tappraiser\ttrial\tvalue\n1\tA\t1\t5,5\n9\tA\t1\t5\n1\tX\t1\t5\n1\tB\t9\t5\n2\tB\t2\t6\n2\tB\t2\t7\n"

    answer = client.post(url("paste", study.code), {"rows": text})

    assert answer.status_code == 422
    assert [fault.split(":")[0] for fault in answer.context["form"].brought.faults] == [
        "Line 2", "Line 3", "Line 4", "Line 5", "Line 7"]  # fmt: skip
    assert answer.context["form"]["rows"].value() == text
    assert kept(study) == [None] * 8


@pytest.mark.parametrize("text", [
    "1\tA\t1\t5.5", "1,A,1,5.5", "1;a;1;5.5", "零件,评价人,次数,数值\n1,A,1,5.5", "Part\tOperator\tReading\n1\tA\t5.5",
    "part\tappraiser\t1\t2\n1\tA\t5.5\t5.6",
])  # fmt: skip
def test_tables_are_read_as_people_write_them(text):
    found = study_tables.read(factories.study(), text)

    assert found.faults == []
    assert found.rows[0] == (1, "A", 1, 5.5)


def book():
    made, content = Workbook(), io.BytesIO()
    for row in (["Part", "Appraiser", "Value"], ["P2", "A", 5.5], ["P1", "A", "much"]):
        made.active.append(row)
    made.save(content)
    return content.getvalue()


@pytest.mark.parametrize(("name", "content"), [
    ("a.csv", b"Part,Appraiser,Value\nP2,A,5.5\nP1,A,much\n"), ("a.xlsx", book()),
])  # fmt: skip
def test_a_file_with_a_fault_stands_in_the_form_to_be_put_right(name, content):
    study = factories.study(pieces=[Piece("P1"), Piece("P2")])
    client = signed_in(Role.QUALITY_ENGINEER)

    refused = client.post(url("paste", study.code), {"file": SimpleUploadedFile(name, content)})
    text = refused.context["form"]["rows"].value()
    client.post(url("paste", study.code), {"rows": text.replace("much", "5.6")})

    assert "much" in refused.context["form"].brought.faults[0]
    assert study.readings.get(part=2, appraiser="A", trial=1).value == 5.5
    assert study.readings.filter(value__isnull=False).count() == 2


def test_the_empty_table_comes_back_filled_in():
    study, client = factories.study(), signed_in(Role.QUALITY_ENGINEER)
    empty = b"".join(client.get(url("template", study.code)).streaming_content).decode("utf-8-sig")

    filled = "\n".join(f"{line}{n}" if n else line for n, line in enumerate(empty.splitlines()))
    client.post(url("paste", study.code), {"rows": filled})

    assert kept(study) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_an_operator_brings_no_table():
    assert signed_in(Role.OPERATOR).get(url("paste", factories.study().code)).status_code == 403

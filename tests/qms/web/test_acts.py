"""What people do on the pages of quality: one form, one command."""

import pytest
from django.urls import reverse

from plant.commands import signatures
from plant.models import Role
from plant.web.forms import token
from qms.models import CorrectiveAction, Disposition, InspectionResult, Nonconformance
from qms.queries import nonconformances as reading
from tests.factories import NOW
from tests.qms import factories as make
from tests.qms.commands.test_inspections import task
from tests.qms.web.test_pages import signed_in
from traceability.models import Hold

pytestmark = pytest.mark.django_db


def act(client, name, case, **fields):
    return client.post(reverse(f"qms:{name}", args=[case.number]), fields)


def signature(case, **fields):
    seen = signatures.content_hash(reading.seen(case))
    return {"seen_hash": seen, "password": make.PASSWORD, "reason": "Looked at it", "meaning": "DISPOSED", **fields}


def test_report_holds_the_scanned_lots():
    make.board("B1"), make.board("B2")
    client = signed_in(Role.OPERATOR)

    answer = client.post(
        reverse("qms:nonconformance-report"), {"title": "Scratched", "lots": "B1\nB2", "severity": "MINOR"}
    )

    assert answer.url == reverse("qms:nonconformance-detail", args=[Nonconformance.objects.get().number])
    assert Hold.objects.count() == 2


def test_report_of_an_unknown_lot_says_which():
    answer = signed_in(Role.OPERATOR).post(
        reverse("qms:nonconformance-report"), {"title": "Scratched", "lots": "B9", "severity": "MINOR"}
    )

    assert answer.status_code == 422
    assert "B9" in answer.content.decode()


def test_dispose_by_quantities_of_the_form():
    case = make.report(lot := make.board("B1"))
    client = signed_in(Role.QUALITY_ENGINEER)

    answer = act(
        client, "nonconformance-dispose", case, **signature(case),
        **{f"SCRAP-{lot.pk}": "4", f"USE_AS_IS-{lot.pk}": "6"},
    )

    assert answer.status_code == 302
    assert sorted(Disposition.objects.values_list("decision", "quantity")) == [("SCRAP", 4), ("USE_AS_IS", 6)]


def test_dispose_of_everything_that_is_left_in_one_choice():
    case = make.report(make.board("B1"), make.board("B2"))

    act(signed_in(Role.QUALITY_ENGINEER), "nonconformance-dispose", case, **signature(case), for_all="SCRAP")

    case.refresh_from_db()
    assert case.status == "DISPOSED"


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [({"password": "wrong"}, 409, "password is wrong"), ({"SCRAP": "1e9x"}, 422, "not a quantity")],
)
def test_a_refused_disposition_opens_the_dialog_again_and_says_why(fields, status, said):
    case = make.report(lot := make.board("B1"))
    posted = {f"{key}-{lot.pk}" if key == "SCRAP" else key: value for key, value in fields.items()}

    answer = act(
        signed_in(Role.QUALITY_ENGINEER), "nonconformance-dispose", case,
        **{**signature(case), f"SCRAP-{lot.pk}": "1", **posted},
    )

    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert not Disposition.objects.exists()


def test_review_assign_and_close():
    case = make.report(make.board("B1"))
    client = signed_in(Role.QUALITY_ENGINEER, number="QE7")
    act(client, "nonconformance-review", case)
    seen = token({"owner": "QE7"})
    act(client, "nonconformance-assign", case, owner=make.engineer().number, version=seen)
    case.refresh_from_db()
    act(client, "nonconformance-dispose", case, **signature(case), for_all="USE_AS_IS")
    act(client, "nonconformance-close", case, reason="Only dust")

    case.refresh_from_db()
    assert (case.status, case.owner) == ("CLOSED", make.engineer())


def test_stop_and_restart_the_equipment():
    make.reaction(stop_equipment=False)
    case = make.contain().nonconformance
    client = signed_in(Role.QUALITY_ENGINEER)
    act(client, "nonconformance-stop", case, reason="Smoke")
    found = {"assignable_cause": "Fan", "action_taken": "Replaced", "meaning": "RELEASED"}

    act(client, "nonconformance-restart", case, **signature(case, **found))

    assert Hold.objects.get(target_kind="EQUIPMENT").signature.person_name == "Person U-QUALITY_ENGINEER-en"


def test_measure_judge_and_decide():
    one = task()
    client = signed_in(Role.INSPECTOR)
    item = one.items.get()
    judged = client.get(reverse("qms:inspection-judge", args=[one.number]), {"item": item.pk, "value-1": "250"})
    client.post(
        reverse("qms:inspection-record", args=[one.number]), {"item": item.pk, "value-1": "240", "value-2": "241,5"}
    )
    act(client, "inspection-decide", one)

    one.refresh_from_db()
    assert "Out of limits" in judged.content.decode()
    assert list(InspectionResult.objects.values_list("value", flat=True)) == [240.0, 241.5]
    assert one.verdict == "PASS"


@pytest.mark.parametrize("text", ["NaN", "inf", "12;3", "<script>"])
def test_a_value_that_is_no_number_is_refused(text):
    one = task()

    answer = signed_in(Role.INSPECTOR).post(
        reverse("qms:inspection-record", args=[one.number]), {"item": one.items.get().pk, "value-1": text}
    )

    assert (answer.status_code, InspectionResult.objects.count()) == (409, 0)
    assert b"<script>\xe2" not in answer.content


def test_a_capa_from_open_to_close():
    case = make.report(make.board("B1"))
    client = signed_in(Role.QUALITY_ENGINEER, number="QE7")
    posted = {"title": "Dust", "problem": "Dust", "owner": "QE7", "due_at": NOW.strftime("%Y-%m-%dT%H:%M"),
              "check_due_at": NOW.strftime("%Y-%m-%dT%H:%M")}
    act(client, "capa-open", case, **posted)
    one = CorrectiveAction.objects.get()
    act(client, "capa-root-cause", one, root_cause="Filter", version=token({"root_cause": ""}))
    action = {"kind": "CORRECTIVE", "description": "Change it", "owner": "QE7", "due_at": posted["due_at"]}
    act(client, "capa-add-action", one, **action)
    done = reverse("qms:capa-finish-action", args=[one.number, one.actions.get().pk])
    client.post(done, {"result": "Changed"})
    act(client, "capa-start-check", one)
    one.refresh_from_db()
    seen = signatures.content_hash(make.capa_queries.seen(one))
    other = signed_in(Role.QUALITY_MANAGER)
    act(other, "capa-check", one, effective="yes", reason="Clean", password=make.PASSWORD, seen_hash=seen)
    act(other, "capa-close", one)

    one.refresh_from_db()
    assert (one.status, one.effective) == ("CLOSED", True)

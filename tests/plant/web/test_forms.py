"""Forms: checked without acting, scanned into, and never overwriting what somebody else wrote meanwhile."""

from datetime import timedelta

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client, RequestFactory

from plant.models import Role
from plant.web.checking import HEADER, FormChecks
from plant.web.forms import CodeField, EditForm, token
from qms.commands import capas, nonconformances
from qms.models import CorrectiveAction
from tests import factories
from traceability.models import Hold, MaterialLot

pytestmark = pytest.mark.django_db
CHECK = {HEADER: "1", "Accept": "application/json"}


def signed_in(*roles):
    client = Client()
    client.force_login(factories.person("ME", *roles, language="en"))
    return client


def capa():
    engineer = factories.person("QE", Role.QUALITY_ENGINEER)
    lot = factories.received("L-1")
    case = nonconformances.open(title="Bridge", lots=[lot], by=engineer, at=factories.NOW)
    return capas.open(
        nonconformance=case, title="Bridge", problem="x", owner=engineer, due_at=factories.NOW,
        check_due_at=factories.NOW + timedelta(days=30), by=engineer, at=factories.NOW,
    )


def test_a_check_tells_the_faults_and_changes_nothing():
    client = signed_in(Role.WAREHOUSE)
    factories.material(), factories.site()

    answer = client.post("/trace/lots/receive/", {"quantity": "-1"}, headers=CHECK)

    assert sorted(answer.json()["errors"]) == ["material", "quantity"]
    assert not MaterialLot.objects.exists()


def test_a_check_of_a_good_form_does_not_run_its_command():
    client = signed_in(Role.WAREHOUSE)
    form = {"material": factories.material().code, "quantity": "5", "number": "L-9"}
    factories.site()

    answer = client.post("/trace/lots/receive/", form, headers=CHECK)

    assert answer.json() == {"errors": {}}
    assert not MaterialLot.objects.exists()


def test_a_check_finds_that_a_scanned_lot_is_not_there():
    client = signed_in(Role.WAREHOUSE)
    factories.site()
    form = {"target_kind": "LOT", "target": "NO-SUCH", "reason": "x"}

    answer = client.post("/trace/holds/place/", form, headers=CHECK)

    assert list(answer.json()["errors"]) == ["target"]
    assert not Hold.objects.exists()


def test_a_check_asks_for_the_same_rights_as_the_act():
    answer = signed_in(Role.VIEWER).post("/trace/lots/receive/", {}, headers=CHECK)

    assert answer.status_code == 204
    assert answer.content == b""


def test_a_view_without_a_form_is_rolled_back_when_it_is_only_checked():
    def view(request):
        factories.site()
        return HttpResponse("done")

    answer = FormChecks(view)(RequestFactory().post("/", headers=CHECK))

    assert (answer.status_code, answer.content) == (204, b"")
    assert not factories.Equipment.objects.exists()


def test_a_code_field_takes_away_what_cannot_be_seen():
    assert CodeField().clean(" L\u200b-1 ") == "L-1"
    assert 'data-code=""' in str(CodeField().widget.render("x", ""))


def post(client, subject, **fields):
    return client.post(f"/quality/capas/{subject.number}/root-cause/", fields)


def test_an_edit_over_what_somebody_changed_meanwhile_shows_both():
    subject, client = capa(), signed_in(Role.QUALITY_ENGINEER)
    seen = token({"root_cause": subject.root_cause})
    other = factories.person("OTHER", Role.QUALITY_ENGINEER, name="Li Na")
    capas.set_root_cause(capa=subject, root_cause="Their cause", by=other, at=factories.NOW)

    answer = post(client, subject, root_cause="My cause", version=seen)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert ("Their cause" in page, "My cause" in page, "Li Na saved it meanwhile" in page) == (True, True, True)
    assert CorrectiveAction.objects.get().root_cause == "Their cause"


@pytest.mark.parametrize(("taken", "kept"), [("theirs", "Their cause"), ("yours", "My cause")])
def test_a_conflict_ends_with_what_the_person_chose(taken, kept):
    subject, client = capa(), signed_in(Role.QUALITY_ENGINEER)
    capas.set_root_cause(capa=subject, root_cause="Their cause", by=factories.person("QE"), at=factories.NOW)
    choice = {"version": token({"root_cause": "Their cause"}), "choose": "root_cause", "take-root_cause": taken}

    answer = post(client, subject, root_cause="My cause", **choice)

    assert answer.status_code == 302
    assert CorrectiveAction.objects.get().root_cause == kept


@pytest.mark.parametrize("version", ["", "nonsense", '{"root_cause": "x"}:forged'])
def test_an_edit_without_a_true_token_counts_as_changed(version):
    subject, client = capa(), signed_in(Role.QUALITY_ENGINEER)
    capas.set_root_cause(capa=subject, root_cause="Their cause", by=factories.person("QE"), at=factories.NOW)

    assert post(client, subject, root_cause="My cause", version=version).status_code == 422
    assert CorrectiveAction.objects.get().root_cause == "Their cause"


def test_a_conflict_must_be_chosen():
    form = EditForm(QueryDict("version=x&choose=title&title=b"), standing={"title": "a"}, subject=factories.site())
    form.fields["title"] = CodeField()

    assert form.is_valid() is False
    assert "title" in form.errors

"""A refused dialog opens again as it was sent, with the reason beside the field that caused it."""

import re

import pytest
from django.urls import reverse

from plant.models import Role
from tests.qms import factories as make
from tests.qms.commands.test_inspections import task
from tests.qms.web.test_acts import act, signature
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


def dialog(answer, name):
    """The dialog's part of a page; it is marked to open by itself."""
    [found] = re.findall(rf'<dialog id="{name}".*?</dialog>', answer.content.decode(), re.DOTALL)
    assert "data-open" in found.partition(">")[0]
    return found


def test_a_disposition_with_a_wrong_password_keeps_everything_but_the_password():
    case = make.report(lot := make.board("B1"))
    typed = {**signature(case, password="wrong"), f"SCRAP-{lot.pk}": "4", f"USE_AS_IS-{lot.pk}": "6"}

    shown = dialog(act(signed_in(Role.QUALITY_ENGINEER), "nonconformance-dispose", case, **typed), "dispose")

    assert 'value="4"' in shown
    assert 'value="6"' in shown
    assert ">Looked at it</textarea>" in shown
    assert 'aria-describedby="dispose-password-error"' in shown
    assert "wrong" in shown
    assert 'value="wrong"' not in shown


def test_a_quantity_beyond_the_lot_is_told_beside_that_lot():
    case = make.report(make.board("B1"), lot := make.board("B2"))

    answer = act(
        signed_in(Role.QUALITY_ENGINEER), "nonconformance-dispose", case, **signature(case), **{f"SCRAP-{lot.pk}": "99"}
    )

    shown = dialog(answer, "dispose")
    assert answer.status_code == 409
    assert f'id="id_SCRAP-{lot.pk}_error"' in shown
    assert 'value="99"' in shown


def test_a_restart_without_an_action_keeps_the_cause():
    make.reaction()
    case = make.contain().nonconformance
    typed = signature(case, assignable_cause="The fan stood still", action_taken="")

    answer = act(signed_in(Role.QUALITY_ENGINEER), "nonconformance-restart", case, **typed)

    assert answer.status_code == 422
    assert "The fan stood still" in (shown := dialog(answer, "restart"))
    assert 'id="id_action_taken_error"' in shown


@pytest.mark.parametrize(("name", "dialog_id", "typed", "field"), [
    ("nonconformance-add-lots", "add-lots", {"lots": "NONE", "reason": "Same shift"}, "lots"),
    ("nonconformance-assign", "assign", {"owner": "NOBODY"}, "owner"),
    ("nonconformance-stop", "stop", {"reason": ""}, "reason"),
])
def test_every_dialog_of_a_nonconformance_comes_back(name, dialog_id, typed, field):
    make.reaction(stop_equipment=False)
    case = make.contain().nonconformance

    answer = act(signed_in(Role.QUALITY_ENGINEER), name, case, **typed)

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in (shown := dialog(answer, dialog_id))
    assert all(value in shown for value in typed.values() if value not in ("", "NOBODY"))


def test_an_action_of_a_capa_comes_back_with_what_was_typed():
    one = make.capa(make.report(make.board("B1")))
    typed = {"kind": "PREVENTIVE", "description": "Check each shift", "owner": "NOBODY", "due_at": "soon"}

    shown = dialog(act(signed_in(Role.QUALITY_ENGINEER), "capa-add-action", one, **typed), "actions")

    assert "Check each shift" in shown
    assert 'id="id_due_at_error"' in shown


def test_a_measured_value_that_is_no_number_stays_in_its_field():
    one, client = task(), signed_in(Role.INSPECTOR)
    typed = {"item": one.items.get().pk, "value-1": "240.1", "value-2": "24o"}

    answer = client.post(reverse("qms:inspection-record", args=[one.number]), typed)

    page = answer.content.decode()
    assert (answer.status_code, one.items.get().results.count()) == (409, 0)
    assert 'value="240.1"' in page
    assert 'value="24o" aria-invalid="true"' in page

"""Letting a hold go: only by those who may, only signed, only as it was read."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from plant.models import Role, Signature
from tests import factories
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Hold, Link, MaterialLot
from traceability.web.holds import content, signatures

pytestmark = pytest.mark.django_db


def held() -> Hold:
    lot = factories.received("L1")
    cause, by = Cause(CauseKind.NONCONFORMANCE, "NCR1"), factories.person("QE", Role.QUALITY_ENGINEER)
    return holds.place(target=Target.lot(lot), cause=cause, reason="drift", by=by, at=factories.NOW)


def post(hold: Hold, role: str = Role.QUALITY_ENGINEER, **changes: str) -> int:
    client = Client()
    client.force_login(factories.person(f"X-{role}", role, language="en"))
    seen = signatures.content_hash(content(Hold.objects.get(pk=hold.pk)))
    form = {"meaning": "RELEASED", "reason": "measured again, good", "password": factories.PASSWORD, "seen_hash": seen}
    return client.post(reverse("traceability:hold-release", args=[hold.pk]), form | changes).status_code


def test_release_frees_the_lot_with_a_signature() -> None:
    hold = held()
    assert post(hold) == 302
    hold.refresh_from_db()
    assert (hold.signature.meaning, MaterialLot.objects.get().status) == ("RELEASED", "AVAILABLE")


@pytest.mark.parametrize("changes", [{"password": "wrong"}, {"reason": " "}, {"seen_hash": "0" * 64}])
def test_release_without_a_sound_signature_changes_nothing(changes: dict[str, str]) -> None:
    assert post(held(), **changes) == 409
    assert (MaterialLot.objects.get().status, Signature.objects.count()) == ("HELD", 0)


def test_release_is_for_quality() -> None:
    assert post(held(), Role.OPERATOR) == 403


def test_a_hold_is_released_once() -> None:
    hold = held()
    assert (post(hold), post(hold)) == (302, 409)


def many(client: Client, **changes: str):
    """The preview of releasing every hold of the list, and what it is answered with."""
    path, asked = reverse("traceability:hold-list"), {"do": "act", "act": "release", "scope": "all", "query": ""}
    preview = client.post(path, asked)
    page = preview.content.decode()
    rows = re.findall(r'name="row" value="(\d+)"', page)
    seen = html.unescape(re.search(r'name="seen" value="([^"]+)"', page).group(1))
    sent = {"do": "act", "act": "release", "row": rows, "query": "", "confirmed": "yes", "seen": seen,
            "reason": "measured again, good", "password": factories.PASSWORD}
    return preview, lambda: client.post(path, sent | changes)


def signed_in(role: str = Role.QUALITY_ENGINEER) -> Client:
    client = Client()
    client.force_login(factories.person(f"X-{role}", role, language="en"))
    return client


def more() -> list[Hold]:
    by = factories.person("QE", Role.QUALITY_ENGINEER)
    return [
        holds.place(target=Target.lot(factories.received(number)), cause=Cause(CauseKind.NONCONFORMANCE, number),
                    reason="drift", by=by, at=factories.NOW)
        for number in ("L1", "L2")
    ]


def test_many_holds_are_released_each_with_its_signature() -> None:
    first, second = more()
    preview, send = many(signed_in())
    assert (preview.status_code, Hold.objects.filter(released_at__isnull=True).count()) == (200, 2)

    assert send().status_code == 302

    signed = {one.pk: one.signature for one in Hold.objects.all()}
    assert {pk: (one.subject_id, one.meaning) for pk, one in signed.items()} == {
        first.pk: (str(first.pk), "RELEASED"), second.pk: (str(second.pk), "RELEASED"),
    }
    assert set(MaterialLot.objects.values_list("status", flat=True)) == {"AVAILABLE"}


def test_a_hold_that_changed_after_it_was_read_is_refused_alone() -> None:
    first, _second = more()
    _preview, send = many(signed_in())
    Hold.objects.filter(pk=first.pk).update(reason="worse than thought")

    page = send().content.decode()

    assert "This changed after you read it" in page
    assert list(Hold.objects.filter(released_at__isnull=True)) == [first]


@pytest.mark.parametrize("changes", [{"password": "wrong"}, {"reason": " "}])
def test_many_without_a_sound_signature_change_nothing(changes: dict[str, str]) -> None:
    more()
    answer = many(signed_in(), **changes)[1]()

    assert answer.status_code == 422
    assert (Hold.objects.filter(released_at__isnull=True).count(), Signature.objects.count()) == (2, 0)


def test_what_goes_along_with_another_of_the_same_act_is_done() -> None:
    above, below = factories.received("L1"), factories.received("L2")
    Link.objects.create(parent=above, child=below, quantity=1, at=factories.NOW)
    by = factories.person("QE", Role.QUALITY_ENGINEER)
    holds.place(target=Target.lot(above), cause=Cause(CauseKind.PERSON, "x"), reason="drift", by=by, at=factories.NOW)
    assert Hold.objects.count() == 2

    assert many(signed_in())[1]().status_code == 302

    assert not Hold.objects.filter(released_at__isnull=True).exists()


def test_many_holds_are_released_by_quality_only() -> None:
    more()
    asked = {"do": "act", "act": "release", "scope": "all", "query": ""}
    assert signed_in(Role.OPERATOR).post(reverse("traceability:hold-list"), asked).status_code == 403

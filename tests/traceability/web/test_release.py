"""Letting a hold go: only by those who may, only signed, only as it was read."""

import pytest
from django.test import Client
from django.urls import reverse

from plant.models import Role, Signature
from tests import factories
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Hold, MaterialLot
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

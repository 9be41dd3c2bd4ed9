"""The one-time codes of RFC 4226 and RFC 6238, against their own tables."""

import pytest

from plant import totp

SHARED = b"12345678901234567890"


RFC_4226 = [755224, 287082, 359152, 969429, 338314, 254676, 287922, 162583, 399871, 520489]


@pytest.mark.parametrize(("count", "told"), list(enumerate(map(str, RFC_4226))))
def test_counted_codes_are_those_of_rfc_4226_appendix_d(count, told):
    assert totp.code(SHARED, count) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
     (2000000000, "69279037"), (20000000000, "65353130")],
)
def test_timed_codes_are_those_of_rfc_6238_appendix_b(seconds, told):
    assert totp.code(SHARED, seconds // totp.STEP, digits=8) == told


@pytest.mark.parametrize(("late", "counts"), [(-31, False), (-30, True), (0, True), (59, True), (60, False)])
def test_a_code_counts_one_step_early_or_late(late, counts):
    typed = totp.code(SHARED, 3_000_000 // 30)

    assert (totp.step_of(SHARED, typed, 3_000_000 + late) is not None) == counts


def test_spaces_are_forgiven_and_nonsense_is_not():
    typed = totp.code(SHARED, 100)

    assert totp.step_of(SHARED, f"{typed[:3]} {typed[3:]}", 3000) == 100
    assert [totp.step_of(SHARED, wrong, 3000) for wrong in ("", "１２３４５６", "abcdef", typed + "0")] == [None] * 4


def test_the_secret_needs_the_key_that_the_database_does_not_have():
    assert totp.secret(b"salt", "one key") != totp.secret(b"salt", "another key")
    assert len(totp.secret(b"salt", "one key")) == 20

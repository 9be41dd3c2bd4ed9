"""A GTIN of the master data is one that a label can carry."""

import pytest
from django.core.exceptions import ValidationError

from plant.models.material import check_gtin


@pytest.mark.parametrize("text", ["02345673", "416000336108", "6901234567892", "09521234543213"])
def test_right_numbers_pass(text):
    check_gtin(text)


@pytest.mark.parametrize("text", ["6901234567890", "123", "0952123454321X", "095212345432130", "\uff10" * 8])
def test_typos_are_refused(text):
    with pytest.raises(ValidationError):
        check_gtin(text)

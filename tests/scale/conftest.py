"""The tests of scale ask a database that plans as in production."""

import pytest

from tests import template


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The test database begins as a copy of the last one that these migrations made."""
    template.use()

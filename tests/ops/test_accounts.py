"""The account that PostgreSQL runs as, and the folders it can reach."""

import os

import pytest

from ops import accounts
from ops.console import Failure
from ops.paths import Var

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down to another account")


def test_own_data_home_is_private(tmp_path):
    home = accounts.data_home(Var(tmp_path), None)

    assert home == tmp_path / "pg"
    assert home.stat().st_mode & 0o777 == 0o700


@AS_ROOT
def test_data_moves_where_the_account_can_reach_it(tmp_path, monkeypatch):
    closed, public = tmp_path / "closed", tmp_path / "public"
    monkeypatch.setattr(accounts, "PUBLIC", public)
    closed.mkdir(mode=0o700)

    home = accounts.data_home(Var(closed), accounts.for_postgres())

    assert home.parent == public
    assert home.stat().st_uid == accounts.for_postgres().uid


def test_a_link_in_place_of_the_data_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "pg").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(Failure, match="belongs to someone else"):
        accounts.made(tmp_path / "pg", None)

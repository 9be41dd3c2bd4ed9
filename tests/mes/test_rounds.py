"""A screen's round follows from its columns alone."""

from datetime import timedelta

import pytest

from mes import rounds
from tests.factories import NOW

PAGES = ["plant", "line", "quality"]


def showing(seconds: float, *, chosen: str = "plant", is_paused: bool = False, pages: list[str] = PAGES):
    at = NOW + timedelta(seconds=seconds)
    return rounds.showing(pages, chosen=chosen, turned_at=NOW, seconds=30, is_paused=is_paused, at=at)


@pytest.mark.parametrize(("seconds", "index", "left"), [(0, 0, 30), (29, 0, 1), (30, 1, 30), (95, 0, 25), (-5, 0, 30)])
def test_showing_goes_on_with_time(seconds, index, left):
    assert showing(seconds) == (index, left)


def test_showing_starts_at_the_chosen_page():
    assert showing(31, chosen="quality") == (0, 29)


def test_showing_stays_while_paused_or_alone():
    assert (showing(500, chosen="line", is_paused=True), showing(500, pages=["line"])) == ((1, None), (0, None))


def test_showing_begins_anew_when_the_chosen_page_is_gone():
    assert showing(0, chosen="line-CLOSED") == (0, 30)

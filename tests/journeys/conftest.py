"""A whole plant, a real browser, and people who sign in; every page is looked at for faults a person would meet."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from ops import browser as finding
from tests.journeys.visitor import ARGUMENTS, Visitor
from tests.system import System


@pytest.fixture(scope="session")
def plant(system: System) -> System:
    """The demonstration plant, from nothing to ready."""
    return system


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM_PATH") or finding.chromium()
    if path is None:
        pytest.fail(finding.MISSING)
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield instance
        instance.close()


@pytest.fixture
def visit(plant: System, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Let somebody in: visit("engineer"), with their own browser window; at the end no page may have had an error."""
    visitors: list[Visitor] = []

    def let_in(number: str = "", **options: object) -> Visitor:
        visitor = Visitor(plant, chromium, **options)
        visitors.append(visitor)
        if number:
            visitor.sign_in(number)
        return visitor

    yield let_in
    for visitor in visitors:
        visitor.leave()
    errors = [error for visitor in visitors for error in visitor.errors]
    assert errors == []

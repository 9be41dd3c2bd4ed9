"""Files and functions stay small, commands say who acts, and every module says what it is for."""

import ast

import pytest

from tests.architecture import house

FILE, FUNCTION, TEMPLATE = 250, 40, 120


def test_files_are_short():
    long = {house.name(p): n for p in house.sources() if (n := p.read_text().count("\n")) > FILE}
    assert long == {}


def test_functions_are_short():
    long = [
        f"{house.name(path)}:{node.lineno} {node.name}"
        for path in house.sources()
        for node in house.functions(path)
        if node.end_lineno - node.lineno + 1 > FUNCTION
    ]
    assert long == []


def test_templates_are_short():
    long = [
        str(path.relative_to(house.ROOT))
        for path in (house.ROOT / "templates").rglob("*.html")
        if path.read_text().count("\n") > TEMPLATE
    ]
    assert long == []


def test_every_module_says_what_it_is_for():
    silent = [house.name(p) for p in house.sources() if p.read_text().strip() and not ast.get_docstring(house.tree(p))]
    assert silent == []


def commands():
    for path in house.sources():
        if path.parent.name == "commands" and "management" not in path.parts:
            for node in house.functions(path):
                if any(getattr(mark, "id", "") == "command" for mark in node.decorator_list):
                    yield path, node


@pytest.mark.parametrize("rule", ["keyword-only", "says what it does"])
def test_public_commands(rule):
    wrong = [
        f"{house.name(path)}:{node.lineno} {node.name}"
        for path, node in commands()
        if not node.name.startswith("_")
        and (node.args.args if rule == "keyword-only" else not ast.get_docstring(node))
    ]
    assert wrong == []


def test_lifecycles_are_complete():
    from django.apps import apps

    for model in apps.get_models():
        if hasattr(model, "LIFECYCLE"):
            states = set(dict(model._meta.get_field("status").flatchoices))
            assert set(model.LIFECYCLE) == states, model
            assert {to for targets in model.LIFECYCLE.values() for to in targets} <= states, model


def test_every_subscription_and_schedule_names_a_task():
    from django.conf import settings

    from config.celery import app

    app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    named |= {task for tasks in settings.JOURNAL_SUBSCRIPTIONS.values() for task in tasks}
    assert named - set(app.tasks) == set()

"""Hints to open pages: only after the commit, and never in anybody's way."""

import queue
import time

import pytest
from channels.layers import channel_layers
from django.db import transaction

from plant import live


@pytest.fixture
def waiting(monkeypatch):
    """The hints that would be sent."""
    box = queue.Queue(2)
    monkeypatch.setattr(live, "outbox", lambda: box)
    return box


def test_a_group_name_tells_nothing_and_is_legal():
    name = live.group("person.7'; DROP")

    assert name.replace(".", "").isalnum()
    assert len(name) < 100


@pytest.mark.django_db
def test_nothing_is_said_before_the_commit(waiting, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        live.push("news", "x", {"a": 1})
        assert waiting.empty()

    hint = {"type": "hint", "topic": "news", "event": "x", "data": {"a": 1}}
    assert waiting.get_nowait() == (live.group("news"), hint)


@pytest.mark.django_db
def test_nothing_is_said_of_what_was_rolled_back(waiting, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        live.push("news", "x")
        transaction.set_rollback(True)

    assert waiting.empty()


@pytest.mark.django_db
def test_a_full_box_drops_and_does_not_wait(waiting, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            live.push("news", "x")

    assert waiting.qsize() == 2


def test_without_redis_nobody_waits_and_nothing_fails(settings, committed_db):
    nowhere = {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": ["redis://127.0.0.1:1"]}}
    settings.CHANNEL_LAYERS = {"default": nowhere}
    channel_layers.backends.clear()
    live.outbox.cache_clear()
    began = time.monotonic()

    for _ in range(20):
        live.push("news", "x")
    took = time.monotonic() - began
    live.outbox().join()
    live.outbox.cache_clear()
    channel_layers.backends.clear()

    assert took < 0.5

"""Sending rows to the public API in batches: to a plant elsewhere, or to this one through its own doors."""

import http.client
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from plant.commands import api_keys
from plant.queries import persons

AT_ONCE, LARGEST = 500, 900_000
SCOPES = ("master:write", "history:write")
Post = Callable[[str, bytes], tuple[int, bytes]]
PATIENCE = 120.0


@dataclass
class Sent:
    """What became of what was sent."""

    counts: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


class NotTaken(Exception):
    """A batch that the API did not take as a whole."""


@dataclass
class Sender:
    """One system with a key in its hand."""

    post: Post

    def rows(self, noun: str, rows: Iterable[tuple[str, dict[str, Any]]]) -> Sent:
        """Send rows under their ids, some hundred at once, never more than the API takes; what became of them."""
        sent = Sent()
        for batch in batches(rows):
            body = json.dumps({"source": "adventureworks", "rows": batch}).encode()
            status, raw = self.post(f"/api/v1/{noun}/batch/", body)
            told = json.loads(raw)
            if status != 200:
                raise NotTaken(f"{noun}: {status} {told.get('detail', '')} {json.dumps(told.get('errors', ''))[:500]}")
            for one in told["rows"]:
                sent.counts[one["status"]] = sent.counts.get(one["status"], 0) + 1
                if one["status"] == "refused":
                    sent.refused[one["key"]] = f"{one['detail']} {one.get('errors', '')}".strip()
        return sent

    def all(self, noun: str, rows: Iterable[tuple[str, dict[str, Any]]]) -> Sent:
        """The same where every row has to come in. NotTaken: names the first that did not."""
        sent = self.rows(noun, rows)
        for key, why in sent.refused.items():
            raise NotTaken(f"{noun} {key}: {why}")
        return sent


def batches(rows: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[list[dict[str, Any]]]:
    """Rows in batches that the API takes by number and by size."""
    told = iter(rows)
    while some := list(islice(told, AT_ONCE)):
        batch, size = list[dict[str, Any]](), 0
        for number, words in some:
            row = {"external_id": number, "data": words}
            length = len(json.dumps(row))
            if batch and size + length > LARGEST:
                yield batch
                batch, size = [], 0
            batch.append(row)
            size += length
        yield batch


def over_the_wire(url: str, key: str) -> Sender:
    """A sender to a plant that answers at an address."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    link = kind(parts.hostname or "", parts.port, timeout=PATIENCE)

    def post(path: str, body: bytes) -> tuple[int, bytes]:
        headers = {"Authorization": f"Api-Key {key}", "Content-Type": "application/json", "Accept-Language": "en"}
        link.request("POST", path, body, headers)
        answer = link.getresponse()
        return answer.status, answer.read()

    return Sender(post)


@contextmanager
def inside(at: datetime) -> Iterator[Sender]:
    """A sender to this plant, by a key of its own that ends with the block."""
    by = persons.system("console")
    key, text = api_keys.create(name="adventureworks", scopes=SCOPES, by=by, expires_at=at + timedelta(days=1))
    client = Client(raise_request_exception=True)
    headers = {"Authorization": f"Api-Key {text}", "Accept-Language": "en"}

    def post(path: str, body: bytes) -> tuple[int, bytes]:
        answer = client.post(path, body, content_type="application/json", headers=headers)
        return answer.status_code, answer.content

    try:
        yield Sender(post)
    finally:
        api_keys.revoke(key=key, reason="AdventureWorks is loaded", by=by, at=datetime.now(at.tzinfo))

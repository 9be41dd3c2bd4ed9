"""Another system with a key."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from plant.commands import api_keys
from plant.key_scopes import SCOPES
from plant.models import ApiKey, Role
from tests import factories

ROOT = "/api/v1/"
PROBLEM = "application/problem+json"


@dataclass
class Caller:
    """Speaks JSON with a key in its hand."""

    text: str
    key: ApiKey
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        sent = {"Authorization": f"Api-Key {self.text}", "Accept-Language": "en", **headers}
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        more = {} if body is None else {"data": data, "content_type": "application/json"}
        return self.client.generic(method, path if path.startswith("/") else ROOT + path, headers=sent, **more)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any, key: str = "") -> HttpResponse:
        return self.ask("POST", path, body, **({"Idempotency-Key": key} if key else {}))

    def put(self, path: str, body: Any) -> HttpResponse:
        return self.ask("PUT", path, body)


def caller(*scopes: str, name: str = "erp", **fields: Any) -> Caller:
    """A system with a fresh key; all scopes unless some are named."""
    admin = factories.person("ADMIN", Role.ADMINISTRATOR)
    key, text = api_keys.create(name=name, scopes=scopes or list(SCOPES), by=admin, **fields)
    return Caller(text, key)


def code_of(answer: HttpResponse) -> tuple[int, str, str]:
    """Status, problem code and content type."""
    return answer.status_code, answer.json().get("code", ""), answer["Content-Type"]

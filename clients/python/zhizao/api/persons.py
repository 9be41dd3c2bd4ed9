"""What can be asked of persons, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Persons(Wire):
    """Operations on persons."""

    def persons_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Person: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a good
        one; sent again, nothing changes.
        """
        return self.ask("POST", "/api/v1/persons/batch/", body=body, headers={"Idempotency-Key": idempotency_key})

    def persons_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Person: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/persons/", query={"external_id": external_id, "source": source, "version": version},
            body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def persons_list(
        self, *, active: bool | None = None, after: str | None = None, external_id: str | None = None, fields: str |
        None = None, kind: str | None = None, limit: int | None = None, order: str | None = None, site: str | None =
        None, source: str | None = None
    ) -> Any:
        """Person: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/persons/", query={"active": active, "after": after, "external_id": external_id,
            "fields": fields, "kind": kind, "limit": limit, "order": order, "site": site, "source": source}
        )

    def persons_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Person: the one with this key."""
        return self.ask("GET", f"/api/v1/persons/{part(number)}/", headers={"If-None-Match": if_none_match})

    def persons_update(
        self, number: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Person: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/persons/{part(number)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

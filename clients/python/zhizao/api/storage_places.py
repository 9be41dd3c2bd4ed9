"""What can be asked of storage places, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class StoragePlaces(Wire):
    """Operations on storage places."""

    def storage_places_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Storage place: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of
        a good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/storage-places/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def storage_places_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Storage place: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/storage-places/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def storage_places_list(
        self, *, active: bool | None = None, after: str | None = None, external_id: str | None = None, fields: str |
        None = None, kind: str | None = None, limit: int | None = None, material: str | None = None, order: str |
        None = None, parent: str | None = None, source: str | None = None
    ) -> Any:
        """Storage place: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/storage-places/", query={"active": active, "after": after, "external_id": external_id,
            "fields": fields, "kind": kind, "limit": limit, "material": material, "order": order, "parent": parent,
            "source": source}
        )

    def storage_places_retrieve(self, code: Any, *, if_none_match: str | None = None) -> Any:
        """Storage place: the one with this key."""
        return self.ask("GET", f"/api/v1/storage-places/{part(code)}/", headers={"If-None-Match": if_none_match})

    def storage_places_update(
        self, code: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Storage place: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/storage-places/{part(code)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

"""What can be asked of material lots, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class MaterialLots(Wire):
    """Operations on material lots."""

    def material_lots_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Lot: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a good
        one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/material-lots/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def material_lots_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Lot: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/material-lots/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def material_lots_genealogy_retrieve(
        self, number: Any, *, depth: int | None = None, direction: str | None = None
    ) -> Any:
        """The lots upstream and downstream, and what went into what."""
        return self.ask(
            "GET", f"/api/v1/material-lots/{part(number)}/genealogy/", query={"depth": depth, "direction":
            direction}
        )

    def material_lots_list(
        self, *, after: str | None = None, external_id: str | None = None, fields: str | None = None, job_order: str
        | None = None, kind: str | None = None, limit: int | None = None, material: str | None = None, order: str |
        None = None, source: str | None = None, status: str | None = None, supplier: str | None = None,
        supplier_lot: str | None = None
    ) -> Any:
        """Lot: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/material-lots/", query={"after": after, "external_id": external_id, "fields": fields,
            "job_order": job_order, "kind": kind, "limit": limit, "material": material, "order": order, "source":
            source, "status": status, "supplier": supplier, "supplier_lot": supplier_lot}
        )

    def material_lots_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Lot: the one with this key."""
        return self.ask("GET", f"/api/v1/material-lots/{part(number)}/", headers={"If-None-Match": if_none_match})

    def material_lots_update(
        self, number: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Lot: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/material-lots/{part(number)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

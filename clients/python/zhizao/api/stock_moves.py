"""What can be asked of stock moves, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class StockMoves(Wire):
    """Operations on stock moves."""

    def stock_moves_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Movement of stock: up to 500 rows at once, each with its own outcome. A bad row never stands in the
        way of a good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/stock-moves/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def stock_moves_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Movement of stock: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/stock-moves/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def stock_moves_list(
        self, *, after: str | None = None, at_before: str | None = None, at_from: str | None = None, external_id:
        str | None = None, fields: str | None = None, from_bucket: str | None = None, from_place: str | None = None,
        job_order: str | None = None, limit: int | None = None, lot: str | None = None, material: str | None = None,
        source: str | None = None, to_bucket: str | None = None, to_place: str | None = None
    ) -> Any:
        """Movement of stock: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/stock-moves/", query={"after": after, "at_before": at_before, "at_from": at_from,
            "external_id": external_id, "fields": fields, "from_bucket": from_bucket, "from_place": from_place,
            "job_order": job_order, "limit": limit, "lot": lot, "material": material, "source": source, "to_bucket":
            to_bucket, "to_place": to_place}
        )

    def stock_moves_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Movement of stock: the one with this key."""
        return self.ask("GET", f"/api/v1/stock-moves/{part(id)}/", headers={"If-None-Match": if_none_match})

"""What can be asked of stock, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Stock(Wire):
    """Operations on stock."""

    def stock_list(
        self, *, after: str | None = None, bucket: str | None = None, external_id: str | None = None, fields: str |
        None = None, limit: int | None = None, lot: str | None = None, material: str | None = None, place: str |
        None = None, source: str | None = None, status: str | None = None
    ) -> Any:
        """Stock: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/stock/", query={"after": after, "bucket": bucket, "external_id": external_id, "fields":
            fields, "limit": limit, "lot": lot, "material": material, "place": place, "source": source, "status":
            status}
        )

    def stock_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Stock: the one with this key."""
        return self.ask("GET", f"/api/v1/stock/{part(id)}/", headers={"If-None-Match": if_none_match})

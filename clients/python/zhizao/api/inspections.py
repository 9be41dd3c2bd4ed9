"""What can be asked of inspections, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Inspections(Wire):
    """Operations on inspections."""

    def inspections_list(
        self, *, after: str | None = None, external_id: str | None = None, fields: str | None = None, job_order: str
        | None = None, kind: str | None = None, limit: int | None = None, lot: str | None = None, material: str |
        None = None, open: bool | None = None, order: str | None = None, source: str | None = None, status: str |
        None = None, verdict: str | None = None
    ) -> Any:
        """Inspection: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/inspections/", query={"after": after, "external_id": external_id, "fields": fields,
            "job_order": job_order, "kind": kind, "limit": limit, "lot": lot, "material": material, "open": open,
            "order": order, "source": source, "status": status, "verdict": verdict}
        )

    def inspections_results_create(self, number: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Record values, all or none. A value without a sample fills the next one that has none."""
        return self.ask(
            "POST", f"/api/v1/inspections/{part(number)}/results/", body=body, headers={"Idempotency-Key":
            idempotency_key}
        )

    def inspections_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Inspection: the one with this key."""
        return self.ask("GET", f"/api/v1/inspections/{part(number)}/", headers={"If-None-Match": if_none_match})

    def inspections_verdict_create(self, number: Any, *, idempotency_key: str | None = None) -> Any:
        """Decide by the results: the lot is free, or held under a nonconformance. Otherwise only a person
        decides.
        """
        return self.ask(
            "POST", f"/api/v1/inspections/{part(number)}/verdict/", headers={"Idempotency-Key": idempotency_key}
        )

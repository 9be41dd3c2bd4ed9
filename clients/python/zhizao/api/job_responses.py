"""What can be asked of job responses, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class JobResponses(Wire):
    """Operations on job responses."""

    def job_responses_list(
        self, *, after: str | None = None, at_before: str | None = None, at_from: str | None = None, external_id:
        str | None = None, fields: str | None = None, job_order: str | None = None, limit: int | None = None, lot:
        str | None = None, operation: str | None = None, source: str | None = None, station: str | None = None,
        work_request: str | None = None
    ) -> Any:
        """Work report: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/job-responses/", query={"after": after, "at_before": at_before, "at_from": at_from,
            "external_id": external_id, "fields": fields, "job_order": job_order, "limit": limit, "lot": lot,
            "operation": operation, "source": source, "station": station, "work_request": work_request}
        )

    def job_responses_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Work report: the one with this key."""
        return self.ask("GET", f"/api/v1/job-responses/{part(id)}/", headers={"If-None-Match": if_none_match})

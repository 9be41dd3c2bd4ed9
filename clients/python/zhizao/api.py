"""One method for each operation of the API, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Plant(Wire):
    """A plant; each method is named as the API's description names its operation."""

    def andon_calls_acknowledge_create(self, id: Any, *, idempotency_key: str | None = None) -> Any:
        """Answer a call: from here on the time to settle it counts."""
        return self.ask(
            "POST", f"/api/v1/andon-calls/{part(id)}/acknowledge/", headers={"Idempotency-Key": idempotency_key}
        )

    def andon_calls_create(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Call for help; while a call of this kind is alive at the station, that one is answered."""
        return self.ask("POST", "/api/v1/andon-calls/", body=body, headers={"Idempotency-Key": idempotency_key})

    def andon_calls_list(
        self, *, before: str | None = None, limit: int | None = None, open: bool | None = None, station: str | None
        = None
    ) -> Any:
        """Calls for help, newest first."""
        return self.ask(
            "GET", "/api/v1/andon-calls/", query={"before": before, "limit": limit, "open": open, "station":
            station}
        )

    def andon_calls_retrieve(self, id: Any) -> Any:
        """The call, who is there, and what it was."""
        return self.ask("GET", f"/api/v1/andon-calls/{part(id)}/")

    def andon_calls_settle_create(self, id: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Settle a call that was answered: what it was and what was done; its machine may work again."""
        return self.ask(
            "POST", f"/api/v1/andon-calls/{part(id)}/settle/", body=body, headers={"Idempotency-Key":
            idempotency_key}
        )

    def changes_retrieve(
        self, *, after: str | None = None, limit: int | None = None, noun: str | None = None, words: bool | None =
        None
    ) -> Any:
        """What changed after a cursor, in an order that misses nothing; what was deleted comes as deleted."""
        return self.ask(
            "GET", "/api/v1/changes/", query={"after": after, "limit": limit, "noun": noun, "words": words}
        )

    def delivery_promises_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """promised delivery: up to 500 rows at once, each with its own outcome. A bad row never stands in the
        way of a good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/delivery-promises/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def delivery_promises_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """promised delivery: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/delivery-promises/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def delivery_promises_list(
        self, *, after: str | None = None, external_id: str | None = None, fields: str | None = None, limit: int |
        None = None, material: str | None = None, order: str | None = None, source: str | None = None, supplier: str
        | None = None
    ) -> Any:
        """promised delivery: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/delivery-promises/", query={"after": after, "external_id": external_id, "fields":
            fields, "limit": limit, "material": material, "order": order, "source": source, "supplier": supplier}
        )

    def delivery_promises_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """promised delivery: the one with this key."""
        return self.ask(
            "GET", f"/api/v1/delivery-promises/{part(number)}/", headers={"If-None-Match": if_none_match}
        )

    def delivery_promises_update(
        self, number: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """promised delivery: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/delivery-promises/{part(number)}/", query={"external_id": external_id, "source":
            source, "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

    def end_items_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """End item: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask("POST", "/api/v1/end-items/batch/", body=body, headers={"Idempotency-Key": idempotency_key})

    def end_items_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """End item: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/end-items/", query={"external_id": external_id, "source": source, "version": version},
            body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def end_items_list(
        self, *, after: str | None = None, external_id: str | None = None, fields: str | None = None, limit: int |
        None = None, order: str | None = None, source: str | None = None
    ) -> Any:
        """End item: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/end-items/", query={"after": after, "external_id": external_id, "fields": fields,
            "limit": limit, "order": order, "source": source}
        )

    def end_items_retrieve(self, material: Any, *, if_none_match: str | None = None) -> Any:
        """End item: the one with this key."""
        return self.ask("GET", f"/api/v1/end-items/{part(material)}/", headers={"If-None-Match": if_none_match})

    def end_items_update(
        self, material: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """End item: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/end-items/{part(material)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

    def engineering_changes_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Engineering change: up to 500 rows at once, each with its own outcome. A bad row never stands in the
        way of a good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/engineering-changes/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def engineering_changes_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Engineering change: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/engineering-changes/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def engineering_changes_list(
        self, *, after: str | None = None, external_id: str | None = None, fields: str | None = None, limit: int |
        None = None, order: str | None = None, routing: str | None = None, source: str | None = None, status: str |
        None = None
    ) -> Any:
        """Engineering change: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/engineering-changes/", query={"after": after, "external_id": external_id, "fields":
            fields, "limit": limit, "order": order, "routing": routing, "source": source, "status": status}
        )

    def engineering_changes_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Engineering change: the one with this key."""
        return self.ask(
            "GET", f"/api/v1/engineering-changes/{part(number)}/", headers={"If-None-Match": if_none_match}
        )

    def engineering_changes_update(
        self, number: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Engineering change: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/engineering-changes/{part(number)}/", query={"external_id": external_id, "source":
            source, "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

    def equipment_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Equipment: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask("POST", "/api/v1/equipment/batch/", body=body, headers={"Idempotency-Key": idempotency_key})

    def equipment_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Equipment: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/equipment/", query={"external_id": external_id, "source": source, "version": version},
            body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def equipment_list(
        self, *, active: bool | None = None, after: str | None = None, external_id: str | None = None, fields: str |
        None = None, level: str | None = None, limit: int | None = None, order: str | None = None, parent: str |
        None = None, source: str | None = None, state: str | None = None
    ) -> Any:
        """Equipment: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/equipment/", query={"active": active, "after": after, "external_id": external_id,
            "fields": fields, "level": level, "limit": limit, "order": order, "parent": parent, "source": source,
            "state": state}
        )

    def equipment_retrieve(self, code: Any, *, if_none_match: str | None = None) -> Any:
        """Equipment: the one with this key."""
        return self.ask("GET", f"/api/v1/equipment/{part(code)}/", headers={"If-None-Match": if_none_match})

    def equipment_update(
        self, code: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Equipment: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/equipment/{part(code)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

    def finished_orders_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Finished work order: up to 500 rows at once, each with its own outcome. A bad row never stands in the
        way of a good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/finished-orders/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def finished_orders_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Finished work order: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/finished-orders/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def finished_orders_list(
        self, *, after: str | None = None, ended_before: str | None = None, ended_from: str | None = None,
        external_id: str | None = None, fields: str | None = None, limit: int | None = None, line: str | None =
        None, material: str | None = None, order: str | None = None, site: str | None = None, source: str | None =
        None, status: str | None = None, work_request: str | None = None
    ) -> Any:
        """Finished work order: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/finished-orders/", query={"after": after, "ended_before": ended_before, "ended_from":
            ended_from, "external_id": external_id, "fields": fields, "limit": limit, "line": line, "material":
            material, "order": order, "site": site, "source": source, "status": status, "work_request":
            work_request}
        )

    def finished_orders_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Finished work order: the one with this key."""
        return self.ask("GET", f"/api/v1/finished-orders/{part(number)}/", headers={"If-None-Match": if_none_match})

    def finished_orders_update(
        self, number: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Finished work order: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/finished-orders/{part(number)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

    def gauges_values_create(self, code: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Record a value in the open sample of the inspection in hand that asks for this gauge."""
        return self.ask(
            "POST", f"/api/v1/gauges/{part(code)}/values/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def holds_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Hold: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a good
        one; sent again, nothing changes.
        """
        return self.ask("POST", "/api/v1/holds/batch/", body=body, headers={"Idempotency-Key": idempotency_key})

    def holds_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Hold: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/holds/", query={"external_id": external_id, "source": source, "version": version},
            body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def holds_list(
        self, *, after: str | None = None, cause_kind: str | None = None, external_id: str | None = None, fields:
        str | None = None, limit: int | None = None, lot: str | None = None, open: bool | None = None, source: str |
        None = None, target: str | None = None, target_kind: str | None = None
    ) -> Any:
        """Hold: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/holds/", query={"after": after, "cause_kind": cause_kind, "external_id": external_id,
            "fields": fields, "limit": limit, "lot": lot, "open": open, "source": source, "target": target,
            "target_kind": target_kind}
        )

    def holds_release_create(self, id: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Let go of a hold that a key placed, and of what it spread to; what quality holds, quality disposes of."""
        return self.ask(
            "POST", f"/api/v1/holds/{part(id)}/release/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def holds_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Hold: the one with this key."""
        return self.ask("GET", f"/api/v1/holds/{part(id)}/", headers={"If-None-Match": if_none_match})

    def inspection_results_list(
        self, *, after: str | None = None, at_before: str | None = None, at_from: str | None = None, characteristic:
        str | None = None, external_id: str | None = None, fields: str | None = None, inspection: str | None = None,
        limit: int | None = None, lot: str | None = None, passed: bool | None = None, source: str | None = None
    ) -> Any:
        """Measured value: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/inspection-results/", query={"after": after, "at_before": at_before, "at_from": at_from,
            "characteristic": characteristic, "external_id": external_id, "fields": fields, "inspection":
            inspection, "limit": limit, "lot": lot, "passed": passed, "source": source}
        )

    def inspection_results_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Measured value: the one with this key."""
        return self.ask("GET", f"/api/v1/inspection-results/{part(id)}/", headers={"If-None-Match": if_none_match})

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

    def job_orders_kitting_retrieve(
        self, number: Any, *, quantity: str | None = None, start_at: str | None = None
    ) -> Any:
        """What it needs of each material, what is free for it then, substitutes, and what is short."""
        return self.ask(
            "GET", f"/api/v1/job-orders/{part(number)}/kitting/", query={"quantity": quantity, "start_at": start_at}
        )

    def job_orders_list(
        self, *, after: str | None = None, ended_before: str | None = None, ended_from: str | None = None,
        external_id: str | None = None, fields: str | None = None, limit: int | None = None, line: str | None =
        None, material: str | None = None, order: str | None = None, site: str | None = None, source: str | None =
        None, status: str | None = None, work_request: str | None = None
    ) -> Any:
        """Work order: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/job-orders/", query={"after": after, "ended_before": ended_before, "ended_from":
            ended_from, "external_id": external_id, "fields": fields, "limit": limit, "line": line, "material":
            material, "order": order, "site": site, "source": source, "status": status, "work_request":
            work_request}
        )

    def job_orders_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Work order: the one with this key."""
        return self.ask("GET", f"/api/v1/job-orders/{part(number)}/", headers={"If-None-Match": if_none_match})

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

    def journal_retrieve(self, *, after: str | None = None, limit: int | None = None) -> Any:
        """The entries after a cursor, oldest first; come back with `next`."""
        return self.ask("GET", "/api/v1/journal/", query={"after": after, "limit": limit})

    def maintenance_orders_create(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Open a work order for a machine; send an Idempotency-Key, for a machine may have several open."""
        return self.ask(
            "POST", "/api/v1/maintenance-orders/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def maintenance_orders_finish_create(
        self, number: Any, body: Any, *, idempotency_key: str | None = None
    ) -> Any:
        """Tick off the steps that are named, and finish: what was found. The plan's interval begins anew."""
        return self.ask(
            "POST", f"/api/v1/maintenance-orders/{part(number)}/finish/", body=body, headers={"Idempotency-Key":
            idempotency_key}
        )

    def maintenance_orders_list(
        self, *, before: str | None = None, equipment: str | None = None, limit: int | None = None, open: bool |
        None = None
    ) -> Any:
        """Work orders of maintenance, newest first."""
        return self.ask(
            "GET", "/api/v1/maintenance-orders/", query={"before": before, "equipment": equipment, "limit": limit,
            "open": open}
        )

    def maintenance_orders_retrieve(self, number: Any) -> Any:
        """The work order with its checklist, and what was found."""
        return self.ask("GET", f"/api/v1/maintenance-orders/{part(number)}/")

    def maintenance_orders_start_create(self, number: Any, *, idempotency_key: str | None = None) -> Any:
        """Begin: the machine is in maintenance and takes no work until this is finished."""
        return self.ask(
            "POST", f"/api/v1/maintenance-orders/{part(number)}/start/", headers={"Idempotency-Key":
            idempotency_key}
        )

    def maintenance_plans_retrieve(self, *, before: str | None = None, limit: int | None = None) -> Any:
        """Maintenance plans, and at each machine how much of the interval is used up."""
        return self.ask("GET", "/api/v1/maintenance-plans/", query={"before": before, "limit": limit})

    def material_actuals_list(
        self, *, after: str | None = None, at_before: str | None = None, at_from: str | None = None, external_id:
        str | None = None, fields: str | None = None, job_order: str | None = None, kind: str | None = None, limit:
        int | None = None, lot: str | None = None, material: str | None = None, operation: str | None = None,
        source: str | None = None
    ) -> Any:
        """Consumption or output: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/material-actuals/", query={"after": after, "at_before": at_before, "at_from": at_from,
            "external_id": external_id, "fields": fields, "job_order": job_order, "kind": kind, "limit": limit,
            "lot": lot, "material": material, "operation": operation, "source": source}
        )

    def material_actuals_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Consumption or output: the one with this key."""
        return self.ask("GET", f"/api/v1/material-actuals/{part(id)}/", headers={"If-None-Match": if_none_match})

    def material_definitions_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Material: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/material-definitions/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def material_definitions_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Material: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/material-definitions/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def material_definitions_list(
        self, *, active: bool | None = None, after: str | None = None, external_id: str | None = None, fields: str |
        None = None, gtin: str | None = None, limit: int | None = None, order: str | None = None, source: str | None
        = None, tracking: str | None = None, unit: str | None = None, use: str | None = None
    ) -> Any:
        """Material: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/material-definitions/", query={"active": active, "after": after, "external_id":
            external_id, "fields": fields, "gtin": gtin, "limit": limit, "order": order, "source": source,
            "tracking": tracking, "unit": unit, "use": use}
        )

    def material_definitions_retrieve(self, code: Any, *, if_none_match: str | None = None) -> Any:
        """Material: the one with this key."""
        return self.ask(
            "GET", f"/api/v1/material-definitions/{part(code)}/", headers={"If-None-Match": if_none_match}
        )

    def material_definitions_update(
        self, code: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Material: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/material-definitions/{part(code)}/", query={"external_id": external_id, "source":
            source, "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

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

    def nonconformances_list(
        self, *, after: str | None = None, external_id: str | None = None, fields: str | None = None, limit: int |
        None = None, lot: str | None = None, open: bool | None = None, opened_before: str | None = None,
        opened_from: str | None = None, order: str | None = None, severity: str | None = None, source: str | None =
        None, status: str | None = None
    ) -> Any:
        """Nonconformance: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/nonconformances/", query={"after": after, "external_id": external_id, "fields": fields,
            "limit": limit, "lot": lot, "open": open, "opened_before": opened_before, "opened_from": opened_from,
            "order": order, "severity": severity, "source": source, "status": status}
        )

    def nonconformances_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Nonconformance: the one with this key."""
        return self.ask("GET", f"/api/v1/nonconformances/{part(number)}/", headers={"If-None-Match": if_none_match})

    def partners_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Partner: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask("POST", "/api/v1/partners/batch/", body=body, headers={"Idempotency-Key": idempotency_key})

    def partners_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Partner: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/partners/", query={"external_id": external_id, "source": source, "version": version},
            body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def partners_list(
        self, *, active: bool | None = None, after: str | None = None, external_id: str | None = None, fields: str |
        None = None, kind: str | None = None, limit: int | None = None, order: str | None = None, source: str | None
        = None
    ) -> Any:
        """Partner: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/partners/", query={"active": active, "after": after, "external_id": external_id,
            "fields": fields, "kind": kind, "limit": limit, "order": order, "source": source}
        )

    def partners_retrieve(self, code: Any, *, if_none_match: str | None = None) -> Any:
        """Partner: the one with this key."""
        return self.ask("GET", f"/api/v1/partners/{part(code)}/", headers={"If-None-Match": if_none_match})

    def partners_update(
        self, code: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Partner: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/partners/{part(code)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

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

    def readings_create(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Store readings and judge the charts on them; what was stored before is left as it is."""
        return self.ask("POST", "/api/v1/readings/", body=body, headers={"Idempotency-Key": idempotency_key})

    def reason_codes_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Reason code: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/reason-codes/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def reason_codes_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Reason code: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/reason-codes/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def reason_codes_list(
        self, *, active: bool | None = None, after: str | None = None, external_id: str | None = None, fields: str |
        None = None, limit: int | None = None, order: str | None = None, parent: str | None = None, source: str |
        None = None, use: str | None = None
    ) -> Any:
        """Reason code: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/reason-codes/", query={"active": active, "after": after, "external_id": external_id,
            "fields": fields, "limit": limit, "order": order, "parent": parent, "source": source, "use": use}
        )

    def reason_codes_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Reason code: the one with this key."""
        return self.ask("GET", f"/api/v1/reason-codes/{part(id)}/", headers={"If-None-Match": if_none_match})

    def reason_codes_update(
        self, id: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None
        = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Reason code: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/reason-codes/{part(id)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

    def scans_create(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Scan a lot, serial or work order at a station. Refused scans change nothing; an event id applies once."""
        return self.ask("POST", "/api/v1/scans/", body=body, headers={"Idempotency-Key": idempotency_key})

    def shipments_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Shipment: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask("POST", "/api/v1/shipments/batch/", body=body, headers={"Idempotency-Key": idempotency_key})

    def shipments_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Shipment: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/shipments/", query={"external_id": external_id, "source": source, "version": version},
            body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def shipments_list(
        self, *, after: str | None = None, customer: str | None = None, external_id: str | None = None, fields: str
        | None = None, limit: int | None = None, order: str | None = None, site: str | None = None, source: str |
        None = None, status: str | None = None
    ) -> Any:
        """Shipment: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/shipments/", query={"after": after, "customer": customer, "external_id": external_id,
            "fields": fields, "limit": limit, "order": order, "site": site, "source": source, "status": status}
        )

    def shipments_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Shipment: the one with this key."""
        return self.ask("GET", f"/api/v1/shipments/{part(number)}/", headers={"If-None-Match": if_none_match})

    def shipments_update(
        self, number: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Shipment: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/shipments/{part(number)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

    def sources_cfx_create(self, code: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Take one envelope in: its numbers as readings, the units that arrive as scans at the station."""
        return self.ask(
            "POST", f"/api/v1/sources/{part(code)}/cfx/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def sources_readings_create(self, code: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Store values of a source's tags; a wrong row holds no other up, what was stored before stays as it is."""
        return self.ask(
            "POST", f"/api/v1/sources/{part(code)}/readings/", body=body, headers={"Idempotency-Key":
            idempotency_key}
        )

    def spc_analyse_create(self, body: Any) -> Any:
        """Analyse columns of readings, or find a sampling plan; the same question always has the same answer."""
        return self.ask("POST", "/api/v1/spc/analyse/", body=body)

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

    def tools_list(self, *, before: str | None = None, limit: int | None = None, station: str | None = None) -> Any:
        """Tools, newest first; with a station, those that are mounted there."""
        return self.ask("GET", "/api/v1/tools/", query={"before": before, "limit": limit, "station": station})

    def tools_retrieve(self, code: Any) -> Any:
        """The tool, the lives that ended (reground, cleaned, renewed) and its last mountings, newest first."""
        return self.ask("GET", f"/api/v1/tools/{part(code)}/")

    def units_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Unit: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a good
        one; sent again, nothing changes.
        """
        return self.ask("POST", "/api/v1/units/batch/", body=body, headers={"Idempotency-Key": idempotency_key})

    def units_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Unit: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/units/", query={"external_id": external_id, "source": source, "version": version},
            body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def units_list(
        self, *, after: str | None = None, external_id: str | None = None, fields: str | None = None, limit: int |
        None = None, order: str | None = None, source: str | None = None
    ) -> Any:
        """Unit: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/units/", query={"after": after, "external_id": external_id, "fields": fields, "limit":
            limit, "order": order, "source": source}
        )

    def units_retrieve(self, code: Any, *, if_none_match: str | None = None) -> Any:
        """Unit: the one with this key."""
        return self.ask("GET", f"/api/v1/units/{part(code)}/", headers={"If-None-Match": if_none_match})

    def units_update(
        self, code: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Unit: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/units/{part(code)}/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

    def violations_list(
        self, *, after: str | None = None, chart: str | None = None, external_id: str | None = None, fields: str |
        None = None, limit: int | None = None, open: bool | None = None, rule: str | None = None, source: str | None
        = None, status: str | None = None
    ) -> Any:
        """Violation: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/violations/", query={"after": after, "chart": chart, "external_id": external_id,
            "fields": fields, "limit": limit, "open": open, "rule": rule, "source": source, "status": status}
        )

    def violations_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Violation: the one with this key."""
        return self.ask("GET", f"/api/v1/violations/{part(id)}/", headers={"If-None-Match": if_none_match})

    def work_masters_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Routing: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/work-masters/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def work_masters_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Routing: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/work-masters/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def work_masters_list(
        self, *, after: str | None = None, external_id: str | None = None, fields: str | None = None, limit: int |
        None = None, material: str | None = None, order: str | None = None, source: str | None = None, status: str |
        None = None
    ) -> Any:
        """Routing: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/work-masters/", query={"after": after, "external_id": external_id, "fields": fields,
            "limit": limit, "material": material, "order": order, "source": source, "status": status}
        )

    def work_masters_retrieve(self, code: Any, *, if_none_match: str | None = None) -> Any:
        """Routing: the one with this key."""
        return self.ask("GET", f"/api/v1/work-masters/{part(code)}/", headers={"If-None-Match": if_none_match})

    def work_masters_update(
        self, code: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Routing: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/work-masters/{part(code)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

    def work_requests_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Production order: up to 500 rows at once, each with its own outcome. A bad row never stands in the way
        of a good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/work-requests/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def work_requests_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Production order: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/work-requests/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def work_requests_list(
        self, *, after: str | None = None, customer: str | None = None, external_id: str | None = None, fields: str
        | None = None, limit: int | None = None, material: str | None = None, order: str | None = None, site: str |
        None = None, source: str | None = None, status: str | None = None
    ) -> Any:
        """Production order: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/work-requests/", query={"after": after, "customer": customer, "external_id":
            external_id, "fields": fields, "limit": limit, "material": material, "order": order, "site": site,
            "source": source, "status": status}
        )

    def work_requests_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Production order: the one with this key."""
        return self.ask("GET", f"/api/v1/work-requests/{part(number)}/", headers={"If-None-Match": if_none_match})

    def work_requests_update(
        self, number: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Production order: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/work-requests/{part(number)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )

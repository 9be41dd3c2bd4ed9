"""SAP, Odoo, ERPNext, Kingdee and Yonyou as small as they can be and still say what their documentation says."""

import base64
import hashlib
import hmac
import json
import re
from typing import Any

from tests.integrations.erp_templates.stub import Asked, Reply, Vendor

OK: dict[str, str] = {}


def sap(there: Vendor, asked: Asked) -> Reply:
    """OData v2: a token against forgery bound to a session of two cookies; filters on single fields."""
    if asked.headers.get("authorization") != "Basic " + base64.b64encode(b"u:p").decode():
        return 401, OK, {"error": {"code": "unauthorized"}}
    if asked.headers.get("x-csrf-token") == "fetch":
        there.signed_in += 1
        return 200, {"x-csrf-token": f"T{there.signed_in}", "Set-Cookie": "sap-usercontext=c\nSAP_SESSIONID=s1"}, {}
    if asked.method == "GET":
        found = dict(re.findall(r"(\w+) eq '([^']*)'", asked.words["$filter"])) if "$filter" in asked.words else {}
        rows = there.orders if asked.path.endswith("A_ProductionOrder_2") else there.booked
        rows = [one for one in rows if all(str(one.get(name)) == value for name, value in found.items())]
        return 200, OK, {"d": {"results": rows[int(asked.words.get("$skip", 0)) :]}}
    if asked.headers.get("x-csrf-token") != f"T{there.signed_in}" or "SAP_SESSIONID=s1" not in asked.headers["cookie"]:
        return 403, {"x-csrf-token": "Required"}, {"error": {"code": "CSRF token validation failed"}}
    number = str(len(there.booked) + 1)
    there.booked.append({**asked.body, "ConfirmationGroup": number, "MaterialDocument": number})
    return 201, OK, {"d": there.booked[-1]}


def odoo(there: Vendor, asked: Asked) -> Reply:
    """JSON-2: one method of one model a call, its arguments by name, the key as a bearer token."""
    if asked.headers.get("authorization") != "Bearer key1" or asked.headers.get("x-odoo-database") != "erp":
        return 401, OK, {"name": "werkzeug.exceptions.Unauthorized", "message": "Invalid apikey"}
    model, method = asked.path.split("/")[-2:]
    rows = [one for one in there.orders if one["id"] in asked.body.get("ids", [])]
    if method == "search_read":
        [field, _operator, value] = asked.body["domain"][0]
        by_name = [one for one in there.orders if field == "name" and one["name"] == value]
        return 200, OK, by_name if field == "name" else there.orders[asked.body["offset"] :]
    if method == "write":
        rows[0].update(asked.body["vals"])
    if method == "button_mark_done":
        rows[0]["state"] = "done"
        there.booked.append({"order": rows[0]["name"], "quantity": rows[0]["qty_producing"]})
    return 200, OK, {} if model == "res.users" else True


def erpnext(there: Vendor, asked: Asked) -> Reply:
    """Frappe's REST: documents by type; a draft is submitted by docstatus 1."""
    if asked.headers.get("authorization") != "token k:s":
        return 401, OK, {"exc_type": "AuthenticationError"}
    if asked.path.startswith("/api/method/"):
        return 200, OK, {"message": "mes@example.com"}
    if asked.path.endswith("Work Order"):
        return 200, OK, {"data": there.orders[int(asked.words["limit_start"]) :]}
    if asked.method == "GET":
        [[field, _operator, value]] = json.loads(asked.words["filters"])
        return 200, OK, {"data": [one for one in there.booked if one[field] == value][:1]}
    if asked.method == "POST":
        there.booked.append({**asked.body, "name": f"MAT-STE-{len(there.booked) + 1}", "docstatus": 0})
        return 200, OK, {"data": there.booked[-1]}
    row = next(one for one in there.booked if one["name"] == asked.path.split("/")[-1])
    if row["docstatus"]:
        return 417, OK, {"exc_type": "ValidationError", "message": "Cannot edit submitted document"}
    row.update(asked.body)
    return 200, OK, {"data": row}


def kingdee(there: Vendor, asked: Asked) -> Reply:
    """K3Cloud: a session in a cookie, bills by form, A created, B submitted, C audited; always 200."""
    act = asked.path.split(".")[-3]
    if act == "ValidateUser":
        good = asked.body == {"acctID": "data centre id", "username": "u", "password": "p", "lcid": 2052}
        there.signed_in += good
        cookie = {"Set-Cookie": f"kdservice-sessionid=s{there.signed_in}\nASP.NET_SessionId=x"}
        said = {"LoginResultType": int(good), "Message": None if good else "用户或密码错误"}
        return 200, cookie if good else OK, said
    if f"kdservice-sessionid=s{there.signed_in}" not in asked.headers.get("cookie", ""):
        return 200, OK, [[{"Result": {"ResponseStatus": {"Errors": [{"Message": "会话信息已丢失，请重新登录"}]}}}]]
    if act == "ExecuteBillQuery":
        data = asked.body["data"]
        if data["FormId"] == "PRD_MO":
            return 200, OK, [list(one.values()) for one in there.orders][data["StartRow"] :]
        number = re.findall(r"FBillNo='([^']*)'", data["FilterString"])[0]
        return 200, OK, [[one["FBillNo"], one["status"]] for one in there.booked if one["FBillNo"] == number]
    return 200, OK, bill(there, act, asked.body["data"])


def bill(there: Vendor, act: str, data: dict[str, Any]) -> dict[str, Any]:
    """Save, submit or audit one bill."""
    number = data["Model"]["FBillNo"] if act == "Save" else data["Numbers"][0]
    row = next((one for one in there.booked if one["FBillNo"] == number), None)
    needs = {"Save": None, "Submit": "A", "Audit": "B"}[act]
    if (row["status"] if row else None) != needs:
        told = {"IsSuccess": False, "Errors": [{"FieldName": None, "Message": f"单据{number}状态不允许此操作"}]}
        return {"Result": {"ResponseStatus": told}}
    if row is None:
        there.booked.append({**data["Model"], "status": "A"})
    else:
        row["status"] = {"Submit": "B", "Audit": "C"}[act]
    return {"Result": {"ResponseStatus": {"IsSuccess": True, "Errors": []}, "Number": number}}


def yonyou(there: Vendor, asked: Asked) -> Reply:
    """YonBIP: a token for two hours against a signature; a bill that was saved under its key is not saved again."""
    if asked.path.endswith("getAccessToken"):
        text = "".join(f"{name}{asked.words[name]}" for name in sorted(asked.words) if name != "signature")
        mac = base64.b64encode(hmac.new(b"sec1", text.encode(), hashlib.sha256).digest()).decode()
        if asked.words["signature"] != mac:
            return 200, OK, {"code": "50000", "message": "签名错误"}
        there.signed_in += 1
        return 200, OK, {"code": "00000", "data": {"access_token": f"a{there.signed_in}", "expire": 7200}}
    if asked.words.get("access_token") != f"a{there.signed_in}":
        return 200, OK, {"code": "310036", "message": "310036 非法token"}
    if asked.path.endswith("/list"):
        start = (asked.body["pageIndex"] - 1) * asked.body["pageSize"]
        return 200, OK, {"code": "200", "data": {"recordList": there.orders[start:]}}
    if any(one["code"] == asked.body["data"]["code"] for one in there.booked):
        return 200, OK, {"code": "999", "message": "单据已存在"}
    there.booked.append(asked.body["data"])
    return 200, OK, {"code": "200", "data": {"code": asked.body["data"]["code"]}}

"""The description of the API in OpenAPI 3.1, made from the table of addresses."""

from http import HTTPStatus
from typing import Any

from search.grammar import MAX_LENGTH
from search.render.json import dumps
from search.web.exchange import JSON, PROBLEM, Answer
from search.web.parameters import Parameter
from search.web.routes import API, ROUTES, Route
from search.web.schemas import ANSWERS, SCHEMAS, ref
from search.web.visit import Visit

ABOUT = """予算と政策の文書から施策と金額を探す。検索式は画面の「使い方」にある。
応答には索引の版を示す ETag が付き、If-None-Match で送り返すと、変わりがなければ 304 になる。"""

FAULTS = {
    400: "検索式が正しくない。detail に何が要るか、span にその場所、example に書き方の例",
    401: "トークンが要る（Authorization: Bearer）",
    404: "ない",
    414: "アドレスが長すぎる",
    421: "このサーバーの名ではない",
    422: "知らない引数、または引数の値が正しくない。parameter に引数の名",
    429: "要求が多すぎる。Retry-After 秒の後に",
    500: "答える途中の誤り",
    503: "時間内に答えが出ない、または込み合っている。Retry-After 秒の後に",
}
"""Every fault that may be told."""

WAITING = (429, 503)


def document(visit: Visit) -> Answer:
    """Answer with the description."""
    return Answer(200, JSON, dumps(described(visit.question.base)).encode())


def described(base: str) -> dict[str, Any]:
    """Return the description of the API of a server."""
    routes = {name: route for name, route in ROUTES.items() if name in ANSWERS}
    return {
        "openapi": "3.1.0",
        "info": {"title": "seisaku", "version": API.rpartition("/v")[2], "description": ABOUT},
        "servers": [{"url": base or "/"}],
        "security": [{}, {"token": []}],
        "paths": {route.path: {"get": _operation(name, route)} for name, route in routes.items()},
        "components": {
            "schemas": SCHEMAS,
            "responses": {_name(status): _fault(status) for status in FAULTS},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(name: str, route: Route) -> dict[str, Any]:
    schema = ref(ANSWERS[name])
    return {
        "operationId": name.removeprefix("api-"),
        "summary": route.summary,
        "parameters": [*_path(route), *map(_parameter, route.parameters)],
        "responses": {
            "200": {
                "description": route.summary,
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {JSON: {"schema": schema}},
            },
            "304": {"description": "変わっていない"},
            **{str(status): {"$ref": f"#/components/responses/{_name(status)}"} for status in FAULTS},
        },
    }


def _path(route: Route) -> list[dict[str, Any]]:
    if "{id}" not in route.path:
        return []
    schema = {"type": "string", "minLength": 1, "pattern": r"^[^/]+:[0-9]{1,9}$"}
    return [
        {
            "name": "id",
            "in": "path",
            "required": True,
            "schema": schema,
            "description": "場所（文書:行）",
            "example": "monozukuri-2025:61",
        }
    ]


def _parameter(each: Parameter) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": each.name,
        "in": "query",
        "required": each.required,
        "description": each.help,
        "schema": _schema(each),
    }
    return told | ({"example": each.example} if each.kind == "text" and each.example else {})


def _schema(each: Parameter) -> dict[str, Any]:
    match each.kind:
        case "number":
            schema: dict[str, Any] = {"type": "integer", "minimum": each.least, "maximum": each.most}
        case "choice":
            schema = {"type": "string", "enum": list(each.choices)}
        case _:
            schema = {"type": "string", "maxLength": each.most or MAX_LENGTH}
            if each.least:
                schema["minLength"] = each.least
    return schema | ({"default": each.default} if each.default is not None else {})


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.replace(" ", "").replace("-", "")


def _fault(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {"description": FAULTS[status], "content": {PROBLEM: {"schema": ref("Problem")}}}
    if status in WAITING:
        told["headers"] = {"Retry-After": {"schema": {"type": "integer", "minimum": 0}, "description": "秒"}}
    return told

"""The HTTP interface, from the server's own OpenAPI description."""

import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

from lumbar.store import MemoryStore
from lumbar.wiring import build_house, build_pairing, build_rules, build_web, read_settings
from reference.markdown import page, table


def write() -> str:
    """Every route: what it does, takes and gives."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"LUMBAR_HOME": folder})
        house = build_house(build_rules(settings), MemoryStore(), token="reference")
        app = build_web(house, pairing=build_pairing(settings))
        described = app.openapi()
    return page(
        "# HTTP",
        "The page speaks to the server of its own origin. `GET /api/openapi.json` gives this as OpenAPI. "
        "What goes wrong is answered as `application/problem+json`, with one clear sentence in `detail`.",
        "Where several people use this lumbar, a page says for whom it speaks by the header `lumbar-person` with an id "
        "of `GET /api/people`; downloads, beacons and the live socket say it by the query `person`. Without it, it is "
        "whoever was chosen last in this browser.",
        *(part for path, route in described["paths"].items() for part in _route(path, route, described)),
    )


def _route(path: str, route: Mapping[str, Any], described: Mapping[str, Any]) -> Iterator[str]:
    for method, operation in route.items():
        yield f"## `{method.upper()} {path}`"
        yield operation.get("description", operation.get("summary", ""))
        if takes := list(_takes(operation, described)):
            yield table(["takes", "type", "what it is"], takes)
        answers = operation["responses"].items()
        yield table(["answers", "with", "when"], [(str(s), _content(a), _when(str(s), a)) for s, a in answers])


def _takes(operation: Mapping[str, Any], described: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for parameter in operation.get("parameters", []):
        yield f"`{parameter['name']}` ({parameter['in']})", _type(parameter["schema"]), parameter.get("description", "")
    content = operation.get("requestBody", {}).get("content", {})
    for body in content.values():
        name = body["schema"].get("$ref", "").rpartition("/")[2]
        schema = described["components"]["schemas"].get(name, body["schema"])
        for field, kind in schema.get("properties", {}).items():
            yield f"`{field}` (body)", _type(kind), kind.get("description", "")


def _content(answer: Mapping[str, Any]) -> str:
    return ", ".join(_type(content.get("schema", {})) for content in answer.get("content", {}).values())


def _when(status: str, answer: Mapping[str, Any]) -> str:
    return "" if status == "200" else str(answer.get("description", ""))


def _type(schema: Mapping[str, Any]) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_type(option) for option in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema["enum"])
    kind = str(schema.get("type", "anything"))
    return f"{kind} ({schema['format']})" if "format" in schema else kind

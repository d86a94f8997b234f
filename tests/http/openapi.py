"""openapi.py URL: asks everything that the server's description documents and holds each answer against its schema."""
import json
import sys
import urllib.error
import urllib.parse
import urllib.request

import jsonschema

base = sys.argv[1]
checks, failures = 0, []


def ask(path):
    try:
        with urllib.request.urlopen(base + path, timeout=20) as r:
            return r.status, r.headers, r.read()
    except urllib.error.HTTPError as e:
        return e.code, e.headers, e.read()


doc = json.loads(ask("/openapi.json")[2])
resolver = jsonschema.RefResolver("", doc)


def deref(node):
    return resolver.resolve(node["$ref"])[1] if "$ref" in node else node


def validator(schema):
    return jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=jsonschema.FormatChecker())


def check(good, what):
    global checks
    checks += 1
    if not good:
        failures.append(what)


def hold(operation, path, want=200):
    status, headers, body = ask(path)
    check(status == want, f"{path}: {status}, not {want}: {body[:200]!r}")
    if status != want:
        return
    answer = deref(operation["responses"][str(status)])
    kind = headers["Content-Type"].split(";")[0]
    check(kind in answer["content"], f"{path}: {kind} is not documented")
    for name in answer.get("headers", {}):
        if name != "Link":  # only where there are other pages
            check(headers.get(name), f"{path}: no {name}")
    schema = answer["content"].get(kind, {}).get("schema", {})
    if kind.endswith(("/json", "+json")):
        worst = jsonschema.exceptions.best_match(validator(schema).iter_errors(json.loads(body)))
        check(worst is None, worst and f"{path}: {worst.json_path}: {worst.message[:300]}")
    elif kind == "application/x-ndjson":
        check(all(isinstance(json.loads(line), dict) for line in body.splitlines()), f"{path}: a line is no object")
    else:
        check(len(body) > 0, f"{path}: empty")


for schema in doc["components"]["schemas"].values():
    jsonschema.Draft202012Validator.check_schema(schema)
for name, p in doc["components"]["parameters"].items():
    check(p["name"] == name and p["description"], f"{name}: without description")

# A member that is not declared is seen, wherever it stands.
for path, put in (
    ("/v1/search?q=LAR", lambda a: a["hits"][0]),
    ("/v1/search?q=LAR", lambda a: a["facets"]["region"][0]),
    ("/v1/search?type=attendee", lambda a: a["hits"][0]),
    ("/v1/compare?q=LAR", lambda a: a["columns"][0]),
):
    schema = {"$ref": "#/components/schemas/" + ("Compare" if "compare" in path else "Search")}
    answer = json.loads(ask(path)[2])
    check(validator(schema).is_valid(answer), f"{path}: schema")
    put(answer)["xyzzy"] = 1
    check(not validator(schema).is_valid(answer), f"{path}: an undeclared member is not seen")

tried = set()
for path, item in doc["paths"].items():
    operation = item["get"]
    check(operation["x-examples"] and operation["summary"], f"{path}: no example")
    for example in operation["x-examples"]:
        hold(operation, example)
    known = [deref(p) for p in operation["parameters"]]
    for p in known:
        if p["in"] == "path":
            path = path.replace("{" + p["name"] + "}", p["example"])
    hold(operation, path)
    for p in (p for p in known if "example" in p and p["in"] == "query"):
        schema = deref(p["schema"])
        value = schema.get("items", schema)
        validator(schema).validate(p["example"])
        given = p["example"] if isinstance(p["example"], list) else [p["example"]]
        text = [("true" if v else "false") if isinstance(v, bool) else str(v) for v in given]
        hold(operation, path + "?" + urllib.parse.urlencode([(p["name"], v) for v in text]))
        seen = json.dumps(p)
        for choice in [] if seen in tried else value.get("enum", []):  # every documented value is taken …
            hold(operation, path + "?" + urllib.parse.urlencode({p["name"]: choice}))
        tried.add(seen)
        wrong = {"integer": ["x", value.get("minimum", 0) - 1, value.get("maximum", 0) + 1], "boolean": ["x"]}.get(
            value["type"], ["xyzzy"] if "enum" in value or "pattern" in value else []
        )
        if "maxLength" in value:
            wrong.append("a" * (value["maxLength"] + 1))
            hold(operation, path + "?" + urllib.parse.urlencode({p["name"]: "a" * value["maxLength"]}))
        for v in wrong:  # … and nothing beside
            hold(operation, path + "?" + urllib.parse.urlencode({p["name"]: v}), 400)
        if schema["type"] != "array" and p["name"] != "format":
            twice = urllib.parse.urlencode([(p["name"], text[0])] * 2)
            hold(operation, path + "?" + twice, 400)
    if "400" in operation["responses"]:
        hold(operation, path + "?xyzzy=1", 400)
    if "404" in operation["responses"]:
        hold(operation, path + "x", 404)

print(f"{checks} checks, {len(failures)} failed")
for f in failures[:30]:
    print("FAIL", f)
sys.exit(bool(failures))

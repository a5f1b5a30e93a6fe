"""The team's conformance cases and hostile documents, in this process: as the command answers, without its start."""

import json
import math

import pytest

LISTS = {"shadow", "gradient", "fontFamily"}
DEFAULTS = {"alpha": 1, "inset": False}


def all_cases(team_data):
    folder = team_data / "dtcg-cases"
    if not folder.is_dir():
        pytest.skip("the shared data has no dtcg-cases")
    return [case for file in sorted(folder.glob("*.json")) for case in json.loads(file.read_text("utf-8"))]


def alike(want, got, key=""):
    """Whether two values are one but for the freedoms of the data's README."""
    if key == "fontWeight" or isinstance(want, str) != isinstance(got, str):
        from dss_tokens.types import WEIGHTS

        want, got = (WEIGHTS.get(x, x) if isinstance(x, str) and x in WEIGHTS else x for x in (want, got))
    if isinstance(want, bool) or isinstance(got, bool):
        return want is got
    if isinstance(want, (int, float)) and isinstance(got, (int, float)):
        if key == "position":
            want, got = (min(1, max(0, x)) for x in (want, got))
        return math.isclose(want, got, rel_tol=1e-3, abs_tol=1e-3)
    if key in LISTS and isinstance(want, list) != isinstance(got, list):
        want, got = ([x] if not isinstance(x, list) else x for x in (want, got))
    if isinstance(want, list) and isinstance(got, list):
        inner = "" if key in LISTS else key
        return len(want) == len(got) and all(alike(a, b, inner) for a, b in zip(want, got, strict=True))
    if isinstance(want, dict) and isinstance(got, dict):
        keys = {*want, *got} - ({"hex"} if "hex" not in want else set())
        return all(
            alike(a.lower(), b.lower()) if k == "hex" else alike(a, b, k)
            for k in keys
            for a, b in [(want.get(k, DEFAULTS.get(k)), got.get(k, DEFAULTS.get(k)))]
        )
    return want == got


def shortfall(case, answer, expected):
    tokens = answer["tokens"]
    for path, wanted in expected.items():
        token = tokens.get(path)
        if token is None:
            return f"{path} is missing"
        for key in wanted:
            want, got = wanted[key], token.get(key)
            same = alike(want, got, wanted.get("type", "")) if key == "value" else (got or None) == (want or None)
            if not same:
                return f"{path}: {key} is {got!r}, not {want!r}"
    for path in case.get("absent", ()):
        if path in tokens:
            return f"{path} exists"
    return f"{len(tokens)} tokens" if len(tokens) != case.get("count", len(tokens)) else ""


def run(case, dss, root, *options):
    given = case["input"]
    if "resolver" not in given:
        text = given["raw"] if "raw" in given else json.dumps(given["tokens"])
        (root / "case.tokens.json").write_text(text, "utf-8")
        return dss("resolve", root / "case.tokens.json", *options, "--json")
    for path, document in given.get("files", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(json.dumps(document), "utf-8")
    (root / "r.json").write_text(json.dumps(given["resolver"]), "utf-8")
    inputs = [word for name, context in given.get("inputs", {}).items() for word in ("--input", f"{name}={context}")]
    return dss("resolve", "--resolver", root / "r.json", *inputs, *options, "--json")


def judged(case, dss, root):
    """What is wrong with the answers to a case; ``""`` when nothing is."""
    strict = run(case, dss, root, "--strict")
    errors = [d for d in strict.json["diagnostics"] if d["severity"] == "error"]
    if strict.status != int(bool(errors)) or any(d["code"] == "DSS999" for d in errors):
        return f"status {strict.status}"
    if bool(errors) is case["valid"]:
        return f"refused: {errors[0]['message']}" if errors else f"accepted: {case['error']}"
    if not case["valid"]:
        told = json.dumps(errors)
        return "".join(f"{path} is not named" for path in case.get("at", ()) if json.dumps(path)[1:-1] not in told)
    return shortfall(case, strict.json, case.get("expect", {}))


def test_conformance_cases(team_data, dss, tmp_path):
    wrong = []
    count = 0
    for number, case in enumerate(all_cases(team_data)):
        if not all(isinstance(context, str) for context in case["input"].get("inputs", {}).values()):
            continue  # the command line has texts only; see the tests of Resolver.inputs
        root = tmp_path / str(number)
        root.mkdir()
        why = judged(case, dss, root)
        if not why and "legacyExpect" in case:
            lenient = run(case, dss, root)
            why = shortfall({}, lenient.json, case["legacyExpect"]) if lenient.status == 0 else "not read as older form"
        if why:
            wrong.append(f"{case['id']} [{case['rule']}] {why}")
        count += 1
    assert count > 300
    assert wrong == []


def test_hostile_documents(team_data, dss):
    folder = team_data / "hostile-json"
    if not (folder / "index.json").is_file():
        pytest.skip("the shared data has no hostile-json")
    wrong = []
    for entry in json.loads((folder / "index.json").read_text("utf-8")):
        if not (folder / entry["file"]).exists() or entry["file"].endswith(".jsonl"):
            continue
        done = dss("validate", folder / entry["file"], "--strict", "--json")
        wanted = {"accept": 0, "reject": 1}.get(entry["expected"], done.status)
        if (done.status, "DSS999" in done.out) != (wanted, False):
            wrong.append((entry["file"], done.status, entry["reason"]))
    assert wrong == []


CORPORA = {
    "primer": "sources",
    "gitlab-ui": "sources",
    "open-props": "sources/open-props.resolver.json",
    "hpe": "sources",
    "meteor": "sources",
}


@pytest.mark.parametrize("corpus", CORPORA)
def test_real_design_systems_are_read_without_an_internal_error(corpus, team_data, dss):
    place = team_data / "corpora" / corpus / CORPORA[corpus]
    if not place.exists():
        pytest.skip(f"the shared data has no corpora/{corpus}")
    source = ["--resolver", place] if place.is_file() else [place]
    done = dss("resolve", *source, "--json")
    assert len(done.json["tokens"]) > 100
    codes = {d["code"] for d in done.json["diagnostics"]}
    assert not any(code.startswith(("DSS9", "DSS10")) for code in codes), codes
    again = dss("resolve", *source, "--json")
    assert again.out == done.out

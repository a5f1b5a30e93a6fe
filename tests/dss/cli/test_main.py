"""The door: exit statuses, messages and JSON of failures, whatever goes wrong inside."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dss.cli import commands, main
from dss.cli.commands import GROUPS
from dss.cli.lazy import LazyGroup, module_name
from dss_tokens import errors
from dss_tokens.diagnostics import Diagnostic

HEAVY = ["pydantic", "jinja2", "httpx", "rich", "yaml", "watchdog", "coloraide", "orjson", "dss_tokens"]


@pytest.fixture
def failing(monkeypatch):
    """Makes ``dss explain`` do something else."""

    def install(function):
        command = click.Command("explain", callback=function, params=[click.Option(["--json"], is_flag=True)])
        monkeypatch.setattr(main.cli, "get_command", lambda context, name: command)

    return install


def raising(error):
    def function(json):
        raise error

    return function


def run_python(code, **options):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", **options)


def test_help_imports_nothing_but_click():
    code = f"""
import sys
sys.argv = ["dss", "--help"]
from dss.__main__ import main
try:
    main()
except SystemExit as leave:
    assert leave.code == 0
heavy = sorted({HEAVY!r} & {{name.partition(".")[0] for name in sys.modules}})
assert not heavy, heavy
commands = sorted(name for name in sys.modules if name.startswith("dss."))
assert commands == ["dss.__main__", "dss.cli", "dss.cli.commands", "dss.cli.lazy", "dss.cli.main"], commands
""".replace(f"{HEAVY!r} &", f"set({HEAVY!r}) &")
    ended = run_python(code)
    assert ended.returncode == 0, ended.stderr
    assert "translate" in ended.stdout


def test_completing_a_command_name_imports_no_command():
    code = """
import os, sys
os.environ |= {"_DSS_COMPLETE": "bash_complete", "COMP_WORDS": "dss figma ", "COMP_CWORD": "2"}
from dss.cli.main import run
assert run([]) == 0
assert not [name for name in sys.modules if name.startswith("dss.cli.figma")]
"""
    ended = run_python(code)
    offered = "".join(f"plain,{name}\n" for name in GROUPS["figma"])
    assert (ended.returncode, ended.stdout) == (0, offered), ended.stderr


NAMES = [(name,) for section in commands.SECTIONS.values() for name in section if name not in commands.GROUPS]
NAMES += [(group, name) for group, names in commands.GROUPS.items() for name in names]


@pytest.mark.parametrize("words", NAMES, ids=" ".join)
def test_every_listed_command_has_its_module_and_help(dss, words):
    done = dss(*words, "--help")
    assert done.status == 0, done.err
    assert done.out.startswith(f"Usage: dss {' '.join(words)}")


def test_a_keyword_and_a_hyphen_make_module_names():
    assert module_name("import") == "dss.cli.import_"
    assert module_name("project", "api-token") == "dss.cli.project_api_token"


def test_version_is_the_distribution_s(dss):
    from importlib.metadata import version

    assert dss("--version").out == f"dss {version('dss-design-tokens')}\n"


def test_without_a_command_the_help_goes_to_stderr(dss):
    done = dss()
    assert (done.status, done.out) == (2, "")
    assert "Usage: dss" in done.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["tranlate"], "no such command 'tranlate'; did you mean 'translate'?"),
        (["figma", "pul"], "no such command 'pul'; did you mean 'pull'?"),
        (["xyzzy"], "no such command 'xyzzy'"),
        (["explain", "--nope"], "no such option"),
        (["completion", "tcsh"], "invalid value for"),
        (["completion"], "missing argument"),
    ],
)
def test_a_usage_error_is_status_2_with_a_way_on(dss, words, message):
    done = dss(*words)
    assert (done.status, done.out) == (2, "")
    assert message in done.err.lower()
    assert done.err.startswith("error[DSS990]: ")
    assert "--help'" in done.err


@pytest.mark.parametrize(
    "words",
    [["explain", "--nope", "--json"], ["--json", "explain"], ["--json"], ["nope", "--format", "json"]],
)
def test_a_usage_error_with_json_is_one_document_on_stdout(dss, words):
    done = dss(*words)
    assert (done.status, done.err) == (2, "")
    (found,) = done.json["diagnostics"]
    assert (found["code"], found["severity"]) == ("DSS990", "error")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["a", "--json"], True),
        (["a", "--format=json"], True),
        (["a", "--format", "json"], True),
        (["a", "--format", "text", "json"], False),
        (["a", "--", "--json"], False),
        (["--jsonx"], False),
    ],
)
def test_json_is_recognised_among_the_words(words, expected):
    assert main.wants_json(words) is expected


FOUND = Diagnostic(code="DSS202", message="gone", hint="look", path="a.b", file="missing.json")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.InputError(FOUND), 1),
        (errors.RemoteError(FOUND), 3),
        (errors.RefusedError(FOUND), 4),
        (errors.ConflictError(FOUND), 5),
    ],
)
def test_a_dss_error_is_printed_and_gives_its_status(dss, failing, error, status):
    failing(raising(error))
    done = dss("explain")
    assert (done.status, done.out) == (status, "")
    assert done.err == ("error[DSS202]: gone\n  --> missing.json\n  = token: a.b\n  = help: look\n")
    done = dss("explain", "--json")
    assert (done.status, done.err) == (status, "")
    assert done.json == {"diagnostics": [FOUND.to_json()]}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (ZeroDivisionError("secret of the trade"), 1, "DSS999"),
        (RecursionError(), 1, "DSS999"),
        (MemoryError(), 1, "DSS999"),
        (ModuleNotFoundError("No module named 'celery'", name="celery"), 1, "DSS902"),
        (ModuleNotFoundError("No module named 'figma.x'", name="figma.x"), 1, "DSS999"),
        (PermissionError(13, "Permission denied", "/root/x"), 1, "DSS903"),
        (click.Abort(), 130, "DSS991"),
        (KeyboardInterrupt(), 130, "DSS991"),
    ],
)
def test_any_exception_ends_as_a_diagnostic(dss, failing, error, status, code):
    failing(raising(error))
    done = dss("explain")
    assert done.status == status
    assert f"[{code}]" in done.err
    assert "Traceback" not in done.err
    done = dss("explain", "--json")
    assert (done.status, done.err) == (status, "")
    assert [found["code"] for found in done.json["diagnostics"]] == [code]


@pytest.mark.parametrize(("module", "extra"), [("pyrage", "encrypt"), ("cryptography.x", "sign"), ("other", "all")])
def test_a_missing_module_names_its_extra(dss, failing, module, extra):
    failing(raising(ModuleNotFoundError(name=module)))
    assert f"pip install 'dss-design-tokens[{extra}]'" in dss("explain").err


def test_an_internal_error_says_where_without_naming_folders_of_the_machine(dss, failing):
    from dss_tokens.source import line_and_column

    failing(lambda json: line_and_column(None, 1))
    done = dss("explain")
    assert "in line_and_column --> dss_tokens/source.py:" in done.err
    assert os.path.sep + "dss_tokens" not in done.err


@pytest.mark.parametrize(("left", "status"), [(None, 0), (0, 0), (1, 1), (5, 5), ("words", 1)])
def test_a_command_may_leave_with_a_status(dss, failing, left, status):
    failing(raising(SystemExit(left)))
    assert dss("explain").status == status


def test_a_failure_after_the_document_prints_no_second_one(dss, failing):
    from dss.cli.output import emit_json

    def function(json):
        emit_json({"first": True})
        raise errors.InputError(FOUND)

    failing(function)
    done = dss("explain", "--json")
    assert done.status == 1
    assert json.loads(done.out) == {"first": True}
    assert "error[DSS202]" in done.err


def test_a_second_document_is_refused(dss, failing):
    from dss.cli.output import emit_json

    def function(json):
        emit_json({"first": True})
        emit_json({"second": True})

    failing(function)
    done = dss("explain", "--json")
    assert done.json == {"first": True}
    assert "DSS999" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_a_diagnostic():
    command = f"{sys.executable} -m dss --version > /dev/full"
    ended = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8")
    assert ended.returncode == 1
    assert ended.stderr.startswith("error[DSS903]: no space left on device")
    assert "Traceback" not in ended.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no shell that closes streams")
@pytest.mark.parametrize(("closed", "status"), [(">&-", 0), ("2>&-", 0), (">&- 2>&-", 0), ("nope >&- 2>&-", 2)])
def test_closed_streams_are_no_failure(closed, status):
    command = f"{sys.executable} -m dss explain DSS999 {closed}"
    if "nope" in closed:
        command = f"{sys.executable} -m dss {closed}"
    ended = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8")
    assert ended.returncode == status
    assert "Traceback" not in ended.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes that break like this")
def test_a_reader_that_goes_away_ends_it_quietly():
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as pipe:
        ended = subprocess.run([sys.executable, "-m", "dss", "explain", "--json"], stdout=pipe, stderr=subprocess.PIPE)
    assert (ended.returncode, ended.stderr) == (main.CUT_OFF, b"")


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "latin-1", "utf-16"])
def test_output_is_utf8_in_every_locale(encoding):
    code = "from dss.cli import main, output; main._prepare_streams(); output.emit_text('é 😀 \\udc80')"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding}
    )
    assert ended.stdout == "é 😀 \\udc80\n".encode(), ended.stderr


def test_help_is_sorted_under_headings_and_lines_up(dss):
    lines = dss("--help").out.splitlines()
    starts = {
        line.index(text)
        for section in commands.SECTIONS.values()
        for name, text in section.items()
        for line in lines
        if line.startswith(f"  {name} ")
    }
    assert len(starts) == 1


def test_groups_of_the_table_are_commands_of_it():
    names = {name for section in commands.SECTIONS.values() for name in section}
    assert set(commands.GROUPS) <= names
    assert isinstance(main.cli.get_command(click.Context(main.cli), "figma"), LazyGroup)

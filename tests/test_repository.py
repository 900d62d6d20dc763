"""What must hold of the repository itself: dependencies, locks, Makefile, notebooks, packaging."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
LOCKS = {name: ROOT / f"requirements-{name}.lock" for name in ("app", "test")}
NOTEBOOKS = sorted(
    path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)

# conda-forge's matplotlib brings Qt; the rest of it is called matplotlib-base there.
CONDA_NAMES = {"matplotlib-base": "matplotlib"}

# Written in pieces, so that this file does not hold what it looks for.
REGISTRY = re.compile(
    "|".join(
        [
            r"\bpypi\." + "org",
            r"python" + r"hosted\.org",
            r"\bnpm" + r"js\.(?:org|com)",
            r"\byarn" + r"pkg\.com",
            r"\bdeb\." + r"debian\.org",
            r"conda\.ana" + r"conda\.org",
            r"(?<!no-emit-)index-" + r"url\b",
            r"(?<!no-emit-)find-" + r"links\b",
            r"https?://[^\s\"'<>]+/" + r"simple\b",
        ]
    )
)
MACHINE_PATH = re.compile(
    r"(?<![\w.~$*)}-])/(?:" + "|".join(["opt", "work", "root", "Users", "home"]) + r")/\w"
)


def _requirements(specs: list[str]) -> dict[str, str]:
    """Names and bounds: ``voila>=0.5`` is ``{"voila": ">=0.5"}``."""
    found = (re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*(.*)", spec) for spec in specs)
    return {_canonical(match[1]): match[2] for match in found if match}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pins(lock: Path) -> dict[str, set[str]]:
    """The versions of each package in a lock: more than one when markers choose among them."""
    pins: dict[str, set[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            name, version = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", line).groups()
            pins.setdefault(_canonical(name), set()).add(version)
    return pins


def _needed_by(lock: str) -> set[str]:
    specs = PROJECT["project"]["dependencies"] + EXTRAS["app"] + PROJECT["build-system"]["requires"]
    if lock == "test":
        specs = specs + EXTRAS["test"] + EXTRAS["docs"]
    return set(_requirements(specs)) - {"traite-kb"}


def _leaks(text: str) -> list[str]:
    return [match[0] for rule in (REGISTRY, MACHINE_PATH) for match in rule.finditer(text)]


def _git(*arguments: str) -> str:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def _files(*folders: str) -> set[str]:
    """The files of the repository, committed or about to be."""
    listed = _git("ls-files", "-z", "--cached", "--others", "--exclude-standard", *folders)
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


def _built(target: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


# Dependencies


def test_conda_users_get_the_dependencies_and_bounds_of_pyproject():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = _requirements([spec for spec in environment["dependencies"] if isinstance(spec, str)])
    conda = {CONDA_NAMES.get(name, name): bound for name, bound in conda.items()}
    conda.pop("pip")
    expected = _requirements(PROJECT["project"]["dependencies"] + EXTRAS["app"])
    assert conda == expected | {"python": PROJECT["project"]["requires-python"]}


def test_conda_users_get_the_project_itself():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (section,) = [spec["pip"] for spec in environment["dependencies"] if isinstance(spec, dict)]
    assert section == ["-e .[test]"]


def test_every_dependency_has_a_lower_bound_and_a_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    specs = PROJECT["project"]["dependencies"] + [
        spec for extra in EXTRAS.values() for spec in extra
    ]
    for spec in specs:
        assert spec == "traite-kb[app]" or ">=" in spec, spec
        assert re.search(rf'"{re.escape(spec)}",\s+# \w', text), f"{spec} has no reason beside it"


def test_the_build_group_is_what_the_build_needs():
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]


# Locks


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_every_dependency(name):
    assert _needed_by(name) <= set(_pins(LOCKS[name]))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_exact_and_hashed(name):
    entries = re.sub(r"\\\n", "", LOCKS[name].read_text(encoding="utf-8")).splitlines()
    entries = [line for line in entries if line and not line.lstrip().startswith("#")]
    assert entries
    exact = re.compile(
        r"[a-z0-9._-]+==[0-9][0-9a-z.]*(?: ; [^#]+?)?(?:\s+--hash=sha256:[0-9a-f]{64})+"
    )
    assert [line for line in entries if not exact.fullmatch(line)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address_and_no_path(name):
    text = LOCKS[name].read_text(encoding="utf-8")
    assert "://" not in text
    assert [
        line for line in text.splitlines() if re.search(r"(?:^|\s)[./~]*/\w|file:|@ ", line)
    ] == []


def test_the_test_lock_holds_the_whole_app_lock():
    app, test = _pins(LOCKS["app"]), _pins(LOCKS["test"])
    assert {name: test.get(name) for name in app} == app


# Nothing of a machine


@pytest.mark.parametrize(
    "line",
    [
        "--extra-index-" + "url somewhere",
        "find-" + "links = wheels",
        "https://mirror.example/" + "simple",
        "see files.python" + "hosted.org",
        "cd /" + "opt/wheels",
        "'/" + "home/someone/traite'",
    ],
)
def test_a_registry_or_a_machine_path_would_be_noticed(line):
    assert _leaks(line)


@pytest.mark.parametrize(
    "line",
    [
        "chromium is /usr/bin/chromium",
        "uv pip compile --no-emit-index-" + "url",
        "https://www.example.fr/home/page",
        "docs/travail/notes",
    ],
)
def test_ordinary_text_is_not_taken_for_a_machine_path(line):
    assert not _leaks(line)


def test_no_file_holds_a_registry_or_a_path_of_a_machine():
    files = _files()
    assert "pyproject.toml" in files
    found = {}
    for name in files:
        content = (ROOT / name).read_bytes()
        if b"\0" not in content and (leaks := _leaks(content.decode("utf-8"))):
            found[name] = leaks
    assert found == {}


# Makefile


def _targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE)) - {"always"}


def test_make_alone_prints_every_target():
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    printed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert set(re.findall(r"^  ([a-z-]+) +\S", printed, re.MULTILINE)) == _targets()


def test_every_target_is_declared_phony():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert set(phony.split()) - {"always"} == _targets()


# Notebooks


def _notebooks() -> list[tuple[str, nbformat.NotebookNode]]:
    assert NOTEBOOKS, "there is no notebook"
    return [
        (str(path.relative_to(ROOT)), nbformat.read(path, as_version=nbformat.NO_CONVERT))
        for path in NOTEBOOKS
    ]


def _code_cells() -> list[tuple[str, nbformat.NotebookNode]]:
    return [
        (f"{name} cell {number}", cell)
        for name, notebook in _notebooks()
        for number, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
    ]


def test_every_notebook_is_a_valid_notebook():
    for _, notebook in _notebooks():
        nbformat.validate(notebook)


def test_notebooks_hold_no_outputs_and_no_execution_counts():
    cells = _code_cells()
    assert [where for where, cell in cells if cell.outputs or cell.execution_count] == []


def test_notebook_cells_are_shorter_than_ten_lines():
    too_long = [where for where, cell in _code_cells() if len(cell.source.splitlines()) >= 10]
    assert too_long == []


def test_notebook_cells_define_nothing_and_loop_over_nothing():
    program = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.For,
        ast.AsyncFor,
        ast.While,
    )
    found = []
    for where, cell in _code_cells():
        lines = [line for line in cell.source.splitlines() if not line.startswith(("%", "!"))]
        if any(isinstance(node, program) for node in ast.walk(ast.parse("\n".join(lines)))):
            found.append(where)
    assert found == []


# Packaging


@pytest.mark.slow
def test_the_wheel_holds_package_register_and_notebooks_and_nothing_else(tmp_path):
    with zipfile.ZipFile(_built("wheel", tmp_path)) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    package, moved = _files("traite_kb"), _files("data", "notebooks")
    assert {name.partition("/")[0] for name in moved} == {"data", "notebooks"}
    assert names == package | {f"traite_kb/{name}" for name in moved}


@pytest.mark.slow
def test_the_wheel_carries_its_command_and_both_licences(tmp_path):
    with zipfile.ZipFile(_built("wheel", tmp_path)) as wheel:
        info = {
            name.partition(".dist-info/")[2]: wheel.read(name).decode("utf-8")
            for name in wheel.namelist()
            if ".dist-info/" in name
        }
    assert {"licenses/LICENSE", "licenses/data/LICENSE.md"} <= set(info)
    assert "License-Expression: MIT AND etalab-2.0" in info["METADATA"]
    assert "traite-kb = traite_kb.cli:main" in info["entry_points.txt"]


@pytest.mark.slow
def test_the_source_archive_holds_every_file_of_the_repository(tmp_path):
    with tarfile.open(_built("sdist", tmp_path)) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert _files() - held == set()

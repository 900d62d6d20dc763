"""The house: arrows go one way, each door has one room, and no law stands in the engine."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import traite_kb as kb

PACKAGE = Path(kb.__file__).parent
# A room may know those of the lines above it, and those of its own line that stand before it.
FLOORS = [
    ["truth", "wording"],
    ["problems"],
    ["model"],
    ["knowledge", "nodes", "diagram", "primes", "tables", "rules"],
    ["graph", "case", "space"],
    ["casefile", "matters", "situations"],
    ["reasoning"],
    ["questions", "pathways", "checks", "citations"],
    ["explanation"],
    ["exploration", "drawing"],
    ["screen"],
    ["widgets"],
    ["serving"],
    ["cli"],
]
ORDER = [room for floor in FLOORS for room in floor]


def room_of(path: Path) -> str:
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def rooms_known(path: Path) -> set[str]:
    found = {name.split(".")[1] for name in imported(path) if name.startswith("traite_kb.")}
    return {room for room in found if room in ORDER} - {room_of(path)}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_arrows_go_one_way(path):
    room = room_of(path)
    assert room in ORDER, f"{room} has no floor yet"
    higher = {other for other in rooms_known(path) if ORDER.index(other) > ORDER.index(room)}
    assert higher == set()


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_stays_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("matplotlib", {"drawing"}),
        ("networkx", {"graph", "drawing"}),
        ("ipywidgets", {"widgets"}),
        ("anywidget", {"widgets"}),
        ("tomllib", {"knowledge", "wording"}),
        ("voila", {"serving"}),
    ],
)
def test_a_library_is_known_in_its_own_rooms_only(library, rooms):
    users = {
        room_of(path)
        for path in modules()
        if any(name == library or name.startswith(f"{library}.") for name in imported(path))
    }
    assert users <= rooms


def test_no_id_of_a_procedure_or_of_its_law_stands_in_the_engine():
    ids: set[str] = set(kb.procedures())
    for name in kb.procedures():
        ids |= {node.id for node in kb.open_procedure(name)}
    # Words that are also the program's own: kinds of source, actors, keys of the screen.
    shared = {"date", "decision"}
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        found = {value for value in said if value in ids - shared}
        assert found == set(), f"{path}: {found}"
    for name in kb.procedures():
        for path in PACKAGE.rglob("*"):
            if path.suffix in {".py", ".js", ".css", ".toml", ".j2", ".html"}:
                assert name not in path.read_text(encoding="utf-8"), path


def test_opening_the_engine_loads_neither_drawing_nor_widgets_nor_the_graph():
    import subprocess
    import sys

    code = (
        "import sys, traite_kb as kb; kb.assess(kb.Case(kb.open_procedure()));"
        "print([m for m in ('matplotlib', 'networkx', 'ipywidgets', 'numpy') if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=PACKAGE.parent,
    )  # fmt: skip
    assert told.stdout.strip() == "[]"

"""Every notebook runs from top to bottom, and says only what the package says."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").rglob("*.ipynb"))
LESSONS = [path for path in NOTEBOOKS if path.parent.name != "apps"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_from_top_to_bottom(path):
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parents[1] if path in LESSONS else path.parents[2])}}
    NotebookClient(notebook, timeout=120, resources=resources).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not [out for out in cell.outputs if out.output_type == "error"]
            assert not [out for out in cell.outputs if out.get("name") == "stderr"]


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
def test_a_lesson_tells_what_it_is_for_and_that_it_is_not_official(path):
    notebook = nbformat.read(path, as_version=4)
    first = notebook.cells[0].source
    for words in (
        "Ce que vous ferez",
        "Ce que vous apprendrez",
        "Ce que vous devez savoir",
        "non officiel",
    ):
        assert words in first
    assert "Exercice" in notebook.cells[-1].source


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p not in LESSONS], ids=lambda p: p.stem)
def test_an_app_is_three_cells(path):
    notebook = nbformat.read(path, as_version=4)
    assert len(notebook.cells) == 3
    assert all(cell.cell_type == "code" for cell in notebook.cells)
    assert notebook.metadata["title"]

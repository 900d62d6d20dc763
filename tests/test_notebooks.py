"""Every notebook runs from top to bottom, and says only what the package says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import traite_kb as kb

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").rglob("*.ipynb"))
LESSONS = [path for path in NOTEBOOKS if path.parent.name != "apps"]
ANSWER = re.compile(
    r"<details>\n<summary>[^<]+</summary>\n\n```python\n(.+?)\n```\n(.+?)</details>", re.S
)
PROMISES = ["vous avez droit", "vous n’avez pas droit", "garanti", "automatique", "éligib"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_from_top_to_bottom_and_its_answers_quote_what_they_give(path):
    notebook = nbformat.read(path, as_version=4)
    answers = [found for cell in notebook.cells for found in ANSWER.findall(cell.source)]
    asked = [nbformat.v4.new_code_cell(code) for code, _ in answers]
    notebook.cells += asked
    resources = {"metadata": {"path": str(path.parents[1] if path in LESSONS else path.parents[2])}}
    NotebookClient(notebook, timeout=120, resources=resources).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not [out for out in cell.outputs if out.output_type == "error"]
            assert not [out for out in cell.outputs if out.get("name") == "stderr"]
    for (_, text), cell in zip(answers, asked, strict=True):
        given = _plain("".join(_shown(out) for out in cell.outputs))
        assert [quoted for quoted in _quoted(text) if quoted not in given] == []


def _shown(output: nbformat.NotebookNode) -> str:
    return output.get("text") or output["data"]["text/html"]


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def _quoted(text: str) -> list[str]:
    return re.findall(r"« (.+?) »", _plain(text))


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


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
def test_a_lesson_promises_nothing(path):
    prose = [c.source.lower() for c in nbformat.read(path, 4).cells if c.cell_type == "markdown"]
    assert [(word, text) for word in PROMISES for text in prose if word in text] == []


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
def test_a_lesson_names_only_what_the_register_or_the_package_has(path, proc):
    cells = nbformat.read(path, 4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    names = set(re.findall(r"`(\w+)`", prose))
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    known = {*proc.nodes, *kb.__all__, *dir(kb.Case), *re.findall(r"\w+", code)}
    assert names - known == set()


def test_what_the_lesson_on_edge_cases_says_of_its_own_outputs_holds(proc, tmp_path):
    case = kb.Case(
        proc,
        nationalite="autre",
        famille_europeen="aucun_lien",
        plainte_deposee=True,
        infraction="traite",
        lieu_des_faits="en_france",
        procedure_penale="ouverte",
        personne_poursuivie=True,
    )
    adults = {"age": {"majeur": 19, "seize_dix_sept": 1}}
    assert kb.ask(case, "premiere_carte").fact == "age"
    assert kb.ask(case, "premiere_carte", weights=adults).fact != "age"
    little = case.but(famille_europeen=None, lieu_des_faits=None, procedure_penale=None)
    assert not kb.ask(little.but(personne_poursuivie=None), "premiere_carte").is_proven
    copy = shutil.copytree(Path(proc.origin.file).parent, tmp_path / "copy")
    text = (copy / "conditions.toml").read_text(encoding="utf-8")
    assert text.count('one_of = ["majeur"]') == 1
    changed = text.replace('one_of = ["majeur"]', 'one_of = ["majeur", "seize_dix_sept"]')
    (copy / "conditions.toml").write_text(changed, encoding="utf-8")
    other = kb.open_procedure(copy)
    shifts = kb.diff(case, kb.Case(other, **case.facts)).shifts
    assert {"premiere_carte", "mineur"} <= {shift.name for shift in shifts}
    assert "exemple" in kb.check(other).errors[0].message()


def test_the_lesson_on_edge_cases_has_four_exercises_each_with_its_answer():
    (path,) = [path for path in LESSONS if path.stem.startswith("02")]
    last = nbformat.read(path, as_version=4).cells[-1].source
    assert len(re.findall(r"^\*\*\d\.\*\*", last, re.M)) == 4
    assert len(ANSWER.findall(last)) == 4


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p not in LESSONS], ids=lambda p: p.stem)
def test_an_app_is_three_cells(path):
    notebook = nbformat.read(path, as_version=4)
    assert len(notebook.cells) == 3
    assert all(cell.cell_type == "code" for cell in notebook.cells)
    assert notebook.metadata["title"]

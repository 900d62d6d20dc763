"""What the README shows is run, not paraphrased."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from traite_kb.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUESTIONS = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
_FENCED = re.compile(r"```(\w*)\n(.*?)```", re.S)
BLOCKS = _FENCED.findall(README)


def _lines(page: str) -> list[str]:
    plain = [text for kind, text in _FENCED.findall(page) if not kind]
    return [line.split("#")[0].strip() for text in plain for line in text.splitlines()]


LINES = _lines(README)
ASKING = ["why", "change", "ask", "robust", "count", "regions", "twins", "diff", "listing"]


def test_the_python_of_the_readme_runs_and_gives_what_it_says():
    (code,) = [text for kind, text in BLOCKS if kind == "python"]
    space: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), space)  # noqa: S102
    found = space["view"]["premiere_carte"]
    assert found.conclusion == "a_verifier"
    assert found.possible == ("hors_champ", "condition_manquante")


def test_the_python_of_the_page_on_questions_runs():
    (code,) = [text for kind, text in _FENCED.findall(QUESTIONS) if kind == "python"]
    space: dict[str, object] = {}
    exec(compile(code, "questions.md", "exec"), space)  # noqa: S102
    told = set(re.findall(r"kb\.(\w+)\(", code)) & set(ASKING)
    assert told == set(ASKING)


def test_every_verb_is_told_in_the_page_on_questions_and_in_the_readme():
    section = README.split("## Ask about every situation")[1].split("## ")[0]
    for verb in ASKING:
        named = "list" if verb == "listing" else verb
        assert f"| `{verb}` |" in QUESTIONS
        assert f"traite-kb {named} " in QUESTIONS
        assert f"traite-kb {named} " in section or f"`{named}`" in section


@pytest.mark.parametrize(
    "line",
    dict.fromkeys(
        line
        for line in [*LINES, *_lines(QUESTIONS)]
        if line.startswith("traite-kb") and "serve" not in line
    ),
)
def test_a_command_of_the_readme_and_of_the_page_on_questions_runs(
    line, monkeypatch, tmp_path, capsys
):
    monkeypatch.chdir(ROOT)
    words = shlex.split(line)[1:]
    if "fiche.txt" in words:
        sheet = tmp_path / "fiche.txt"
        sheet.write_text("Une copie.", encoding="utf-8")
        words[words.index("fiche.txt")] = str(sheet)
    if "my_copy" in words:
        words[words.index("my_copy")] = str(_changed_copy(tmp_path / "my_copy"))
    code = main(words)
    said, refused = capsys.readouterr()
    if "source" in words:  # the sheet itself is not in the repository
        assert (code, "E013" in refused) == (2, True)
        return
    assert code == 0
    assert said.strip()
    assert "aucune situation ne change" not in said.lower()


def _changed_copy(folder: Path) -> Path:
    """Copy the register, with one line changed."""
    shutil.copytree(ROOT / "data" / "procedures" / "carte_sejour_traite", folder)
    rules = folder / "conditions.toml"
    text = rules.read_text(encoding="utf-8")
    assert text.count('one_of = ["majeur"]') == 1
    rules.write_text(
        text.replace('one_of = ["majeur"]', 'one_of = ["majeur", "seize_dix_sept"]'),
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize("target", sorted({x.split()[1] for x in LINES if x.startswith("make ")}))
def test_a_make_target_of_the_readme_exists(target):
    said = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr


def test_the_opening_gives_the_two_commands_and_a_picture():
    opening = README.split("## ")[0]
    assert "make app" in opening
    assert "make test" in opening
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", opening)
    assert (ROOT / picture).stat().st_size > 10_000


def test_every_file_that_the_documents_link_to_exists():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_every_key_of_the_json_contract_is_documented():
    import traite_kb as kb

    documented = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    answer = kb.assess(kb.open_case(ROOT / "docs" / "case.toml")).as_json()
    keys = {*answer, *next(iter(answer["stages"].values()))}
    keys |= set(kb.check(kb.open_procedure()).as_json("en"))
    assert {
        key for key in keys if f"`{key}`" not in documented and f'"{key}"' not in documented
    } == set()


def test_the_register_of_the_manual_loads_checks_and_answers(tmp_path):
    import traite_kb as kb
    from traite_kb.exploration import begin
    from traite_kb.screen import frame, screen

    page = (ROOT / "docs" / "register.md").read_text(encoding="utf-8")
    path = tmp_path / "carte.toml"
    path.write_text("\n".join(re.findall(r"```toml\n(.*?)```", page, re.S)), encoding="utf-8")
    procedure = kb.open_procedure(path)
    report = kb.check(procedure)
    assert [p.line("en") for p in report.problems] == []
    assert report.coverage == 1.0
    found = kb.assess(kb.Case(procedure, majeur=True, adresse="ville"))["carte"]
    assert found.conclusion == "conditions_reunies"
    for lang in ("fr", "en"):
        assert kb.draw(procedure, lang).svg
        assert frame(procedure, lang)["nodes"]
        assert screen(begin(procedure), lang)["question"]
    assert len(kb.to_graph(procedure)) > 30

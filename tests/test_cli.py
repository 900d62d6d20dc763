from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from registers import MINI

from traite_kb.cli import main

CASE = """procedure = "carte_sejour_traite"
on = 2026-11-23
[facts]
nationalite = "autre"
plainte_deposee = true
[events]
audition = 2026-10-01
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.toml"
    path.write_text(CASE, encoding="utf-8")
    return path


def run(capsys, *argv) -> tuple[int, str, str]:
    code = main([str(word) for word in argv])
    out, err = capsys.readouterr()
    return code, out, err


def test_check_prints_full_coverage_and_no_error(capsys):
    code, out, err = run(capsys, "check")
    assert (code, err) == (0, "")
    assert "100%" in out.replace("\u00a0", "")


def test_check_json_has_the_documented_shape(capsys):
    code, out, _ = run(capsys, "check", "--json")
    report = json.loads(out)
    assert code == 0
    assert list(report) == ["procedure", "coverage", "errors", "warnings", "counts", "certificate"]
    assert report["procedure"] == "carte_sejour_traite"
    assert report["coverage"] == 1.0
    assert report["errors"] == []
    assert report["counts"]["condition"] > 40


def test_check_of_a_broken_register_tells_every_problem_with_file_and_line(capsys, edited):
    path = edited(('modality = "may"', 'modality = "might"'), ("[gap.heure]", "[gap.Heure]"))
    code, _, err = run(capsys, "check", path)
    assert code == 2
    assert err.count(f"{path}:") == 2
    code, out, err = run(capsys, "check", path, "--json", "--lang", "en")
    errors = json.loads(out)["errors"]
    assert code == 2
    assert {e["code"] for e in errors} == {"E105", "E110"}
    assert all(set(e) == {"code", "file", "line", "node", "message"} for e in errors)
    assert all(e["file"] == str(path) and e["line"] > 0 for e in errors)


def test_check_of_a_register_with_an_error_of_substance_ends_with_two(capsys, edited):
    path = edited(("affiche:2.1#bbbbbbbb", "affiche:2.1#bbbbbbbc"))
    code, _, err = run(capsys, "check", path)
    assert code == 2
    assert "E302" in err


def test_assess_json_has_the_shape_of_the_contract(capsys, case):
    code, out, _ = run(capsys, "assess", case, "--json")
    answer = json.loads(out)
    assert code == 0
    assert list(answer) == ["procedure", "on", "stages", "rights", "doors"]
    assert answer["on"] == "2026-11-23"
    keys = {"conclusion", "refusal_possible", "robust", "depends_on", "missing", "reasons", "norms"}
    for stage in answer["stages"].values():
        assert keys <= set(stage)
        assert stage["conclusion"] in (
            "hors_champ", "condition_manquante", "conditions_reunies", "a_verifier",
        )  # fmt: skip
        assert stage["refusal_possible"] in (True, False, None)
        for norm in stage["norms"].values():
            assert norm["modality"] in ("must", "may", "must_not")


def test_assess_tells_in_both_languages_and_can_name_a_stage(capsys, case):
    _, french, _ = run(capsys, "assess", case)
    _, english, _ = run(capsys, "assess", case, "--lang", "en", "--stage", "premiere_carte")
    assert "Impossible de conclure" in french
    assert "Impossible to conclude" in english
    assert "Resident card" not in english


def test_export_writes_graphml_and_json(capsys, tmp_path):
    assert run(capsys, "export", "graphml")[1].startswith("<?xml")
    target = tmp_path / "graph.json"
    assert run(capsys, "export", "json", "--out", target)[0] == 0
    assert json.loads(target.read_text(encoding="utf-8"))["nodes"]
    code, _, err = run(capsys, "export", "json", "--out", tmp_path / "no" / "x.json")
    assert code == 2
    assert "E011" in err


def test_source_writes_the_passages_of_a_new_sheet(capsys, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_text("Une phrase. Une autre.\n\nFin.", encoding="utf-8")
    code, out, _ = run(capsys, "source", copy, "--passages")
    keys = [line.split(" = ")[0] for line in out.splitlines()]
    assert (code, keys) == (0, ['"1.1"', '"1.2"', '"3"'])


def test_assess_tells_the_reading_taken_and_the_day_of_the_law(capsys, tmp_path):
    path = tmp_path / "case.toml"
    path.write_text(CASE + '[readings]\ncontact_ou_lien = "code"\n', encoding="utf-8")
    _, out, _ = run(capsys, "assess", path, "--lang", "en")
    assert "Law on 23 November 2026." in out
    assert "Reading chosen: Is it enough to have no contact" in out


def test_source_refuses_a_file_that_is_not_the_sheet(capsys, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_text("Une phrase inconnue.", encoding="utf-8")
    code, out, err = run(capsys, "source", copy, "--json")
    assert (code, out) == (2, "")
    assert "E013" in err


@pytest.mark.parametrize(
    "argv",
    [
        ["assess", "nowhere.toml"],
        ["assess", MINI],
        ["check", "nope"],
        ["check", "nowhere/at/all"],
        ["source", "nowhere.txt"],
        ["export", "json", "--procedure", "nope"],
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_mistake_is_told_on_standard_error_with_code_two_and_no_traceback(capsys, argv, lang):
    code, _, err = run(capsys, *argv, "--lang", lang)
    assert code == 2
    assert err.strip()
    assert "Traceback" not in err


def test_an_unknown_stage_is_told(capsys, case):
    code, _, err = run(capsys, "assess", case, "--stage", "premiere")
    assert code == 2
    assert "premiere_carte" in err


@pytest.mark.parametrize("argv", [[], ["--help"], ["assess"], ["nope"]])
def test_the_command_line_itself_explains_how_it_is_used(capsys, argv):
    with pytest.raises(SystemExit) as ended:
        main(argv)
    out, err = capsys.readouterr()
    assert "usage: traite-kb" in out + err
    assert ended.value.code == (0 if argv == ["--help"] else 2)


def test_the_installed_command_and_the_module_say_the_same(case):
    told = subprocess.run(
        [sys.executable, "-m", "traite_kb.cli", "assess", str(case), "--json"],
        capture_output=True, check=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert json.loads(told.stdout)["procedure"] == "carte_sejour_traite"


def test_a_terminal_without_accents_shows_the_rest(case):
    told = subprocess.run(
        [sys.executable, "-m", "traite_kb.cli", "assess", str(case)],
        capture_output=True, check=True, cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert b"Impossible de conclure" in told.stdout
    assert told.stderr == b""


def test_a_reader_that_closes_the_pipe_early_gets_no_traceback(case):
    told = subprocess.run(
        f"{sys.executable} -m traite_kb.cli export graphml | head -c 10",
        shell=True, capture_output=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert told.stderr == b""

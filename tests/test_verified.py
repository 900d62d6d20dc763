"""What is verified and what is not, told from the register itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from registers import MINI

import traite_kb as kb
from traite_kb.cli import main
from traite_kb.explanation.verified import verified
from traite_kb.model import Gap, Grade, Reference
from traite_kb.wording import LANGUAGES, say, typeset

ROOT = Path(__file__).parents[1]


def counted(told) -> int:
    return sum(int(line.text.rsplit(None, 1)[1]) for line in told.entries[0].parts)


def test_the_page_of_what_is_verified_is_what_the_register_says(proc):
    page = (ROOT / "docs" / "verified.md").read_text(encoding="utf-8")
    assert page == verified(proc, "en").markdown(), (
        "run: traite-kb verified --markdown --lang en > docs/verified.md"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_gap_and_every_line_that_rests_on_unverified_texts_alone_is_listed(proc, lang):
    told = str(verified(proc, lang))
    references = proc.of(Reference)
    for gap in proc.of(Gap).values():
        assert typeset(gap.label[lang], lang) in told
    for node in proc:
        grades = {references[name].grade for name in node.basis if name in references}
        weak = {Grade.UNVERIFIED, Grade.INFERENCE}
        if not node.cites and grades and grades <= weak and not isinstance(node, Reference):
            assert typeset(node.label[lang], lang) in told, node.id


def test_a_line_is_counted_once_by_the_best_text_behind_it(tmp_path):
    text = MINI.read_text(encoding="utf-8")
    before = verified(kb.open_procedure(MINI), "en")
    path = tmp_path / "mini.toml"
    path.write_text(
        text.replace('grade = "T"', 'grade = "U"').replace(
            '[condition.opposition]\nlabel = { fr = "opposition du gardien", en = "opposition of the '
            'guard" }\nwhen_all = ["objection"]\ncite = ["affiche:2.2#cccccccc"]',
            '[condition.opposition]\nlabel = { fr = "opposition du gardien", en = "opposition of the '
            'guard" }\nwhen_all = ["objection"]\nbasis = ["reglement"]',
        ),
        encoding="utf-8",
    )
    after = verified(kb.open_procedure(path), "en")
    assert counted(before) == counted(after)
    heading = say("verified.only", "en", grade=say("grade.U", "en"))
    assert heading not in str(before)
    assert "opposition of the guard" in str(after).split(heading)[1]


def test_the_command_tells_it_in_both_languages(capsys):
    assert main(["verified"]) == 0
    assert "ce qui est vérifié" in capsys.readouterr().out
    assert main(["verified", "--lang", "en", "--markdown"]) == 0
    assert capsys.readouterr().out.startswith("# Residence permit")

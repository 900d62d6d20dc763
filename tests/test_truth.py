import pytest

from traite_kb.truth import Truth


def test_an_unanswered_question_is_unknown_and_not_no():
    assert Truth.of(None) is Truth.UNKNOWN
    assert Truth.of(False) is Truth.NO


def test_json_writes_the_three_truths_as_true_false_and_null():
    assert [t.json for t in Truth] == [True, False, None]


@pytest.mark.parametrize("truth", Truth)
def test_a_truth_never_serves_as_a_boolean(truth):
    with pytest.raises(TypeError, match="three values"):
        bool(truth)

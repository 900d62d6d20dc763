from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from registers import MINI

import traite_kb as kb

# A busy machine is slow: time is measured in benchmarks/, never here.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
# A long search, by hand: python -m pytest --hypothesis-profile deep tests/test_exactness.py
settings.register_profile("deep", deadline=None, max_examples=3000)


@pytest.fixture(scope="session")
def mini() -> kb.Procedure:
    return kb.open_procedure(MINI)


@pytest.fixture(scope="session")
def proc() -> kb.Procedure:
    return kb.open_procedure()


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Path]:
    """Write the mini register with some of its text replaced."""

    def write(*edits: tuple[str, str]) -> Path:
        text = MINI.read_text(encoding="utf-8")
        for old, new in edits:
            assert text.count(old) >= 1, f"{old!r} is not in mini.toml"
            text = text.replace(old, new, 1)
        path = tmp_path / "register.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write

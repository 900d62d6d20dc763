"""Every example in a docstring runs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import traite_kb

MODULES = [
    info.name
    for info in pkgutil.walk_packages(traite_kb.__path__, "traite_kb.")
    if not info.name.startswith("traite_kb.serving.jupyter")
]


@pytest.mark.parametrize("name", ["traite_kb", *MODULES])
def test_the_examples_of(name):
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module)
    assert failed == 0

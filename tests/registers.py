"""The registers that the tests are written against."""

from pathlib import Path

MINI = Path(__file__).parent / "data" / "mini.toml"
"""The smallest legal world: one stage, three facts, two steps."""

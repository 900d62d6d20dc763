"""Widgets: thin shells that show a state and send back what was done. No rule, no sentence."""

from __future__ import annotations

from traite_kb.widgets.explorer import Explorer, explore

__all__ = ["Explorer", "explore"]

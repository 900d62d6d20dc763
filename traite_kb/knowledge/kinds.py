"""Which table of a register makes which node."""

from __future__ import annotations

from traite_kb.model import (
    Condition,
    Constraint,
    Contact,
    Document,
    Door,
    Example,
    Fact,
    Gap,
    Help,
    Mistake,
    Node,
    Norm,
    Point,
    Reference,
    Right,
    SetAside,
    Stage,
    Step,
)

KINDS: dict[str, type[Node]] = {
    "reference": Reference,
    "fact": Fact,
    "condition": Condition,
    "norm": Norm,
    "stage": Stage,
    "point": Point,
    "constraint": Constraint,
    "step": Step,
    "document": Document,
    "right": Right,
    "help": Help,
    "mistake": Mistake,
    "door": Door,
    "contact": Contact,
    "gap": Gap,
    "set_aside": SetAside,
    "example": Example,
}
"""The node that each kind of table makes."""

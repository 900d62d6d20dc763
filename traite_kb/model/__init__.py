"""The nouns of a procedure, as frozen dataclasses.

One table of the register is one object here, and one line of the reasoning's trace. Nothing here
reads a file, reasons or draws.
"""

from traite_kb.model.base import Actor, Node, Passage, Text, Value
from traite_kb.model.decisions import Decision, Law, Seen, Use
from traite_kb.model.law import (
    Condition,
    Constraint,
    Fact,
    Modality,
    Norm,
    Point,
    Reading,
    Requirement,
    Stage,
)
from traite_kb.model.procedure import Example, Expectation, Procedure, StepExpectation
from traite_kb.model.sources import Gap, Grade, Reference, SetAside, Sheet
from traite_kb.model.steps import Deadline, Document, Help, Right, Step
from traite_kb.model.takeaway import Contact, Door, Mistake

__all__ = [
    "Actor",
    "Condition",
    "Constraint",
    "Contact",
    "Deadline",
    "Decision",
    "Document",
    "Door",
    "Example",
    "Expectation",
    "Fact",
    "Gap",
    "Grade",
    "Help",
    "Law",
    "Mistake",
    "Modality",
    "Node",
    "Norm",
    "Passage",
    "Point",
    "Procedure",
    "Reading",
    "Reference",
    "Requirement",
    "Right",
    "Seen",
    "SetAside",
    "Sheet",
    "Stage",
    "Step",
    "StepExpectation",
    "Text",
    "Use",
    "Value",
]

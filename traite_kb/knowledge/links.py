"""Links between the nodes of a register: dangling names, wrong kinds, circles, wrong values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from traite_kb.model import (
    Condition,
    Constraint,
    Deadline,
    Document,
    Door,
    Example,
    Fact,
    Gap,
    Mistake,
    Modality,
    Node,
    Norm,
    Point,
    Reference,
    Requirement,
    Right,
    Stage,
    Step,
    Value,
)
from traite_kb.problems import Problem, did_you_mean, problem

_Link = tuple[str, str, tuple[type[Node], ...]]


def broken_links(nodes: Iterable[Node], unread: Collection[str] = ()) -> list[Problem]:
    """List every link of a register that leads nowhere, to the wrong kind, or in a circle.

    The links of nodes that are ``unread`` are left aside.
    """
    known = {node.id: node for node in nodes}
    found: list[Problem] = []
    for node in known.values():
        if node.id in unread:
            continue
        for key, ref, kinds in _links(node):
            found.extend(_broken(node, key, ref, kinds, known))
        found.extend(_shape_of_logic(node, known))
        found.extend(_wrong_values(node, known))
    return found + _circles(known)


def _links(node: Node) -> Iterator[_Link]:
    for ref in node.basis:
        yield "basis", ref, (Reference,)
    if isinstance(node, Requirement):
        kinds: dict[str, tuple[type[Node], ...]] = {"tests": (Fact,), "reads": (Point,)}
        for role, ref in node.references:
            yield role, ref, kinds.get(role, (Condition, Fact))
    if stage := getattr(node, "stage", ""):
        yield "stage", stage, (Stage,)
    if isinstance(node, Stage):
        for key in ("conditions", "outside", "refusal"):
            if ref := getattr(node, key):
                yield key, ref, (Condition, Fact)
    if isinstance(node, Norm):
        for ref in node.prevails_over:
            yield "prevails_over", ref, (Norm,)
    if isinstance(node, Point):
        for reading in node.readings.values():
            for ref in reading.basis:
                yield "basis", ref, (Reference,)
    if isinstance(node, Step):
        yield from _step_links(node)
    if isinstance(node, Document):
        for ref in node.one_of:
            yield "one_of", ref, (Document,)
    if isinstance(node, Right):
        for ref in node.holds_when:
            yield "holds_when", ref, (Condition, Fact)
    if isinstance(node, Door):
        for ref in node.when:
            yield "when", ref, (Condition, Fact)
    if isinstance(node, Mistake):
        for ref in node.about:
            yield "about", ref, (Node,)
    if isinstance(node, Example):
        yield from _example_links(node)


def _step_links(step: Step) -> Iterator[_Link]:
    for ref in step.follows:
        yield "after", ref, (Step,)
    for key in ("needs", "done_when", "moot_when"):
        for ref in getattr(step, key):
            yield key, ref, (Condition, Fact)
    for ref in step.documents:
        yield "documents", ref, (Document,)
    for ref in step.gives:
        yield "gives", ref, (Document, Right)
    if step.deadline:
        yield "deadline", step.deadline.start, (Step, Gap)


def _example_links(example: Example) -> Iterator[_Link]:
    for expected in example.expect:
        yield "expect", expected.stage, (Stage,)
        for ref in sorted(expected.missing or ()):
            yield "missing", ref, (Fact,)
        for ref in sorted(expected.depends_on or ()):
            yield "depends_on", ref, (Point,)
        norms = [(modality.value, getattr(expected, modality.value)) for modality in Modality]
        norms += [(actor.value, borne) for actor, borne in expected.borne_by.items()]
        for key, refs in norms:
            for ref in sorted(refs or ()):
                yield key, ref, (Norm,)
    for wanted in example.steps:
        yield "steps", wanted.step, (Step,)
        for ref in sorted(wanted.because or ()):
            yield "because", ref, (Condition, Fact, Step)
        for ref in sorted(frozenset().union(*wanted.documents or ())):
            yield "documents", ref, (Document,)
        for ref in sorted(wanted.gives or ()):
            yield "gives", ref, (Document, Right)
        if isinstance(wanted.due, Deadline):
            yield "due", wanted.due.start, (Step, Gap)
    for ref in example.rights:
        yield "rights", ref, (Right,)
    for ref in example.doors:
        yield "doors", ref, (Door,)
    for ref in example.events:
        yield "events", ref, (Step,)


def _broken(
    node: Node, key: str, ref: str, kinds: tuple[type[Node], ...], known: Mapping[str, Node]
) -> Iterator[Problem]:
    wanted = "/".join(kind.__name__.lower() for kind in kinds)
    target = known.get(ref)
    if target is None:
        fitting = [name for name, other in known.items() if isinstance(other, kinds)]
        near = did_you_mean(ref, fitting)
        yield problem("E201", node.origin, node.id, key=key, ref=ref, near=near)
    elif not isinstance(target, kinds):
        yield problem(
            "E202", node.origin, node.id, key=key, ref=ref, got=target.kind, wanted=wanted
        )
    elif isinstance(target, Fact) and target.is_choice and key not in ("tests", "about", "missing"):
        yield problem("E205", node.origin, node.id, key=key, ref=ref)


def _shape_of_logic(node: Node, known: Mapping[str, Node]) -> Iterator[Problem]:
    if not isinstance(node, Requirement):
        return
    if not node.references:
        yield problem("E206", node.origin, node.id)
    if not isinstance(node, Condition):
        return
    tested = known.get(node.fact or node.point)
    composed = node.when_all or node.when_any or node.unless_any
    if (node.fact and node.point) or ((node.fact or node.point) and (composed or not node.one_of)):
        yield problem("E207", node.origin, node.id)
    if node.one_of and not (node.fact or node.point):
        yield problem("E207", node.origin, node.id)
    domain: list[str] = []
    if isinstance(tested, Fact):
        if not tested.is_choice:
            yield problem("E208", node.origin, node.id, ref=tested.id)
            return
        domain = list(tested.values)
    elif isinstance(tested, Point):
        domain = list(tested.readings)
    for value in node.one_of:
        if domain and value not in domain:
            yield problem(
                "E209", node.origin, node.id, ref=node.fact or node.point, value=value,
                near=did_you_mean(value, domain),
            )  # fmt: skip


def _wrong_values(node: Node, known: Mapping[str, Node]) -> Iterator[Problem]:
    pairs: list[tuple[str, Value]] = []
    if isinstance(node, Constraint):
        pairs = [(ref, value) for ref, values in node.never.items() for value in values]
        if not pairs:
            yield problem("E206", node.origin, node.id)
    elif isinstance(node, Fact):
        pairs = [(node.id, value) for value in node.changed_by]
    elif isinstance(node, Example):
        pairs = [*node.facts.items(), *node.readings.items()]
        pairs += [(ref, value) for ref, values in node.excludes.items() for value in values]
    for ref, value in pairs:
        target = known.get(ref)
        if isinstance(target, Fact):
            domain = target.domain
        elif isinstance(target, Point) and isinstance(node, Example):
            domain = tuple(target.readings)
        else:
            names = [n for n, other in known.items() if isinstance(other, Fact)]
            near = did_you_mean(ref, names)
            yield problem("E201", node.origin, node.id, key="fact", ref=ref, near=near)
            continue
        if not any(value is v or (isinstance(v, str) and value == v) for v in domain):
            shown = [str(v).lower() if isinstance(v, bool) else v for v in domain]
            yield problem(
                "E209", node.origin, node.id, ref=ref, value=value,
                near=did_you_mean(str(value), shown),
            )  # fmt: skip


def _circles(known: Mapping[str, Node]) -> list[Problem]:
    logic = {
        node.id: [ref for _, ref in node.references]
        for node in known.values()
        if isinstance(node, Requirement)
    }
    order = {node.id: list(node.follows) for node in known.values() if isinstance(node, Step)}
    papers = {node.id: list(node.one_of) for node in known.values() if isinstance(node, Document)}
    priority = {
        node.id: list(node.prevails_over) for node in known.values() if isinstance(node, Norm)
    }
    found = []
    for graph in (logic, order, papers, priority):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            path = list(error.args[1])
            first = known[path[0]]
            found.append(problem("E203", first.origin, first.id, path=" → ".join(path)))
    return found

"""The procedure as a networkx graph: typed nodes, typed edges, from causes to effects."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import networkx as nx

from traite_kb.model import (
    Actor,
    Condition,
    Contact,
    Document,
    Door,
    Mistake,
    Node,
    Norm,
    Point,
    Procedure,
    Reading,
    Reference,
    Requirement,
    Right,
    Stage,
    Step,
)

_Edge = tuple[str, str, str]


def to_graph(procedure: Procedure) -> nx.DiGraph[str]:
    """Give the procedure as a frozen directed graph.

    Every node bears ``kind``, ``label_fr`` and ``label_en``, and what is proper to its kind
    (``actor``, ``modality``, ``grade``, ``assessed_by``…). Every edge goes from what founds to
    what rests on it and bears ``role``: ``when_all``, ``unless_any``, ``before``, ``gives``,
    ``founds``… Two roles between the same nodes are joined by a comma. Passages of the sheet are
    nodes named like ``fiche:35.2``; readings are nodes named like ``point.reading``.

    Examples
    --------
    >>> import traite_kb as kb
    >>> graph = to_graph(kb.open_procedure())
    >>> graph.nodes["audition"]["kind"], graph["audition"]["proposition_du_delai"]["role"]
    ('step', 'before')
    """
    graph: nx.DiGraph[str] = nx.DiGraph(
        id=procedure.id, title_fr=procedure.label.fr, title_en=procedure.label.en
    )
    for node in procedure:
        graph.add_node(node.id, **_attributes(node))
        if isinstance(node, Point):
            for reading in node.readings.values():
                graph.add_node(f"{node.id}.{reading.id}", **_attributes(reading))
    for source, target, role in _edges(procedure):
        if source not in graph:
            graph.add_node(source, kind="passage", label_fr=source, label_en=source)
        if graph.has_edge(source, target):
            role = f"{graph[source][target]['role']},{role}"
        graph.add_edge(source, target, role=role)
    return nx.freeze(graph)


def _attributes(node: Node) -> dict[str, str | bool]:
    given: dict[str, str | bool] = {
        "kind": node.kind,
        "label_fr": node.label.fr,
        "label_en": node.label.en,
    }
    if isinstance(node, Reference):
        given |= {"type": node.type, "grade": node.grade.value, "url": node.url}
    if isinstance(node, Norm):
        given |= {"bearer": node.bearer.value, "modality": node.modality.value}
    if isinstance(node, Step):
        given |= {"actor": node.actor.value, "optional": node.optional}
    if isinstance(node, Contact):
        given |= {"at": node.at, "told": node.told, "urgent": node.urgent}
    if isinstance(node, Condition) and isinstance(node.assessed_by, Actor):
        given["assessed_by"] = node.assessed_by.value
    return given


def _edges(procedure: Procedure) -> Iterator[_Edge]:
    for node in procedure:
        yield from _founded(node, node.id)
        if isinstance(node, Requirement):
            yield from ((ref, node.id, role) for role, ref in node.references)
        if isinstance(node, Norm):
            yield node.id, node.stage, "concerns"
        elif isinstance(node, Stage):
            roles = ("conditions", "outside", "refusal")
            yield from ((getattr(node, r), node.id, r) for r in roles if getattr(node, r))
        elif isinstance(node, Step):
            yield from _step_edges(node)
        elif isinstance(node, (Document, Right, Door, Mistake)):
            lists = ("one_of", "holds_when", "when", "about")
            yield from ((ref, node.id, r) for r in lists for ref in getattr(node, r, ()))
        elif isinstance(node, Point):
            for reading in node.readings.values():
                name = f"{node.id}.{reading.id}"
                yield node.id, name, "reading"
                yield from _founded(reading, name)


def _founded(node: Node | Reading, name: str) -> Iterator[_Edge]:
    yield from ((passage.key, name, "founds") for passage in node.cites)
    yield from ((ref, name, "founds") for ref in node.basis)


def _step_edges(step: Step) -> Iterator[_Edge]:
    yield from ((ref, step.id, "before") for ref in step.after)
    yield from ((ref, step.id, "usually_before") for ref in step.usually_after)
    for role in ("needs", "done_when", "moot_when"):
        yield from ((ref, step.id, role) for ref in getattr(step, role))
    yield from ((ref, step.id, "document") for ref in step.documents)
    yield from ((step.id, ref, "gives") for ref in step.gives)


def to_graphml(graph: nx.DiGraph[str]) -> str:
    """Write a graph as GraphML, which Gephi, yEd and Cytoscape open.

    Examples
    --------
    >>> import traite_kb as kb
    >>> to_graphml(to_graph(kb.open_procedure())).startswith("<?xml")
    True
    """
    buffer = io.BytesIO()
    nx.write_graphml(graph, buffer, encoding="utf-8")
    return buffer.getvalue().decode("utf-8")


def to_json(graph: nx.DiGraph[str]) -> str:
    """Write a graph as node-link JSON: ``{"nodes": […], "edges": […]}``.

    Examples
    --------
    >>> import json, traite_kb as kb
    >>> sorted(json.loads(to_json(to_graph(kb.open_procedure()))))[:3]
    ['directed', 'edges', 'graph']
    """
    data = nx.node_link_data(graph, edges="edges")
    return json.dumps(data, ensure_ascii=False, indent=1)

from __future__ import annotations

import io
import json

import networkx as nx
import pytest

import traite_kb as kb
from traite_kb.graph import to_graphml, to_json
from traite_kb.model import Requirement, Step


@pytest.fixture(scope="module")
def graph(proc):
    return kb.to_graph(proc)


def test_the_graph_is_frozen(graph):
    with pytest.raises(nx.NetworkXError):
        graph.add_node("x")


def test_every_node_and_edge_is_typed_and_labelled(graph, proc):
    for name, data in graph.nodes(data=True):
        assert data["kind"], name
        assert data["label_fr"], name
        assert data["label_en"], name
    assert all(data["role"] for _, _, data in graph.edges(data=True))
    assert set(proc.nodes) <= set(graph)


def test_logic_and_steps_have_no_circle(graph, proc):
    assert nx.is_directed_acyclic_graph(
        graph.subgraph(n for n, d in graph.nodes(data=True) if d["kind"] != "document")
    )


def test_every_link_of_the_register_is_an_edge_from_what_founds_to_what_rests_on_it(graph, proc):
    for node in proc:
        for ref in node.basis:
            assert "founds" in graph[ref][node.id]["role"]
        for passage in node.cites:
            assert "founds" in graph[passage.key][node.id]["role"]
        if isinstance(node, Requirement):
            for role, ref in node.references:
                assert role in graph[ref][node.id]["role"].split(",")
        if isinstance(node, Step):
            for ref in node.after:
                assert graph[ref][node.id]["role"] == "before"


def test_graphml_and_json_read_back_as_the_same_graph(graph):
    back = nx.read_graphml(io.BytesIO(to_graphml(graph).encode()))
    assert set(back.nodes) == set(graph.nodes)
    assert {(a, b, d["role"]) for a, b, d in back.edges(data=True)} == {
        (a, b, d["role"]) for a, b, d in graph.edges(data=True)
    }
    again = nx.node_link_graph(json.loads(to_json(graph)), edges="edges")
    assert nx.utils.graphs_equal(again, nx.DiGraph(graph))


def test_a_fact_leads_to_the_conclusion_that_it_decides(graph):
    assert nx.has_path(graph, "contact_auteur", "premiere_carte")
    assert nx.has_path(graph, "fiche:17", "premiere_carte")

"""Random registers and cases, as plain tables and as TOML."""

from __future__ import annotations

import json

from hypothesis import strategies as st

_TEXT = '{ fr = "x", en = "x" }'
_CITE = 'cite = ["affiche:1#aaaaaaaa"]'


@st.composite
def worlds(draw) -> tuple[dict, dict]:
    """Draw a register and some answers to it (facts and readings), possibly contradictory."""
    facts = {
        f"f{i}": draw(st.sampled_from([None, None, ["a", "b"], ["a", "b", "c"]]))
        for i in range(draw(st.integers(1, 5)))
    }
    points = {f"p{i}": ["x", "y"] for i in range(draw(st.integers(0, 2)))}
    conditions = _conditions(draw, facts, points)
    constraints = draw(st.lists(_constraint(facts), max_size=3)) if len(facts) > 1 else []
    names = list(conditions)
    maybe = st.sampled_from(["", *names])
    stage = {
        "conditions": draw(st.sampled_from(names)),
        "outside": draw(maybe),
        "refusal": draw(maybe),
    }
    register = {
        "facts": facts,
        "points": points,
        "conditions": conditions,
        "constraints": constraints,
        "stage": stage,
    }
    domains = {**{n: v or [True, False] for n, v in facts.items()}, **points}
    answers = {
        name: draw(st.sampled_from(domain))
        for name, domain in domains.items()
        if draw(st.booleans())
    }
    return register, answers


def _conditions(draw, facts: dict, points: dict) -> dict:
    conditions: dict[str, dict] = {}
    tests = {**{n: v for n, v in facts.items() if v}, **points}
    for name, values in tests.items():
        chosen = draw(st.lists(st.sampled_from(values), min_size=1, unique=True))
        conditions[f"c_{name}"] = {"tests": name, "one_of": chosen}
    for i in range(draw(st.integers(1, 5))):
        known = [n for n, v in facts.items() if not v] + list(conditions)
        some = st.lists(st.sampled_from(known), max_size=3, unique=True)
        parts = {role: draw(some) for role in ("when_all", "when_any", "unless_any")}
        if not any(parts.values()):
            parts["when_all"] = [draw(st.sampled_from(known))]
        conditions[f"k{i}"] = parts
    return conditions


@st.composite
def _constraint(draw, facts: dict) -> dict:
    names = draw(st.lists(st.sampled_from(list(facts)), min_size=2, max_size=3, unique=True))
    return {
        name: draw(st.lists(st.sampled_from(facts[name] or [True, False]), min_size=1, unique=True))
        for name in names
    }


def as_toml(register: dict) -> str:
    """Write a drawn register as the TOML that a jurist would write."""
    lines = [
        f'[procedure.monde]\nlabel = {_TEXT}\nsheet = "affiche"\nsince = 2020-01-01',
        f'[sheet.affiche]\nlabel = {_TEXT}\nurl = "https://example.org"\nverified = 2020-01-01',
        '[sheet.affiche.passages]\n"1" = "aaaaaaaa"',
    ]
    for name, values in register["facts"].items():
        lines.append(f"[fact.{name}]\nlabel = {_TEXT}\nask = {_TEXT}\nwhy = {_TEXT}")
        if values:
            lines.append(f"[fact.{name}.values]\n" + "\n".join(f"{v} = {_TEXT}" for v in values))
    for name, values in register["points"].items():
        lines.append(f"[point.{name}]\nlabel = {_TEXT}")
        lines += [f"[point.{name}.readings.{v}]\nlabel = {_TEXT}\n{_CITE}" for v in values]
    for name, node in register["conditions"].items():
        lines.append(f"[condition.{name}]\nlabel = {_TEXT}\n{_CITE}")
        if "one_of" in node:
            kind = "point" if node["tests"] in register["points"] else "fact"
            lines.append(f"{kind} = {json.dumps(node['tests'])}")
            lines.append(f"one_of = {json.dumps(node['one_of'])}")
        else:
            lines += [f"{role} = {json.dumps(refs)}" for role, refs in node.items() if refs]
    for i, never in enumerate(register["constraints"]):
        inner = ", ".join(f"{n} = {json.dumps(v)}" for n, v in never.items())
        lines.append(f"[constraint.n{i}]\nlabel = {_TEXT}\nnever = {{ {inner} }}")
    lines.append(f"[stage.s]\nlabel = {_TEXT}\nif_met = {_TEXT}\n{_CITE}")
    lines += [f"{key} = {json.dumps(ref)}" for key, ref in register["stage"].items() if ref]
    return "\n".join(lines) + "\n"

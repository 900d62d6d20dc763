"""Random registers and cases, as plain tables and as TOML."""

from __future__ import annotations

import json
from copy import deepcopy

from hypothesis import assume
from hypothesis import strategies as st
from oracle import Oracle

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
def _constraint(draw, facts: dict, most: int | None = None) -> dict:
    names = draw(st.lists(st.sampled_from(list(facts)), min_size=2, max_size=3, unique=True))
    return {
        name: draw(
            st.lists(
                st.sampled_from(facts[name] or [True, False]),
                min_size=1,
                max_size=most,
                unique=True,
            )
        )
        for name in names
    }


ACTORS = ["personne", "association", "police", "prefecture", "justice"]


@st.composite
def questions(draw) -> tuple[dict, dict, tuple[str, bool]]:
    """Draw a register with norms and actors, possible answers to it, and something to ask about."""
    register, drawn = draw(woven() | woven() | worlds())
    register = {**register, "norms": _norms(draw, register), "changed_by": _actors(draw, register)}
    return register, _possible(register, drawn), draw(_matter(register))


@st.composite
def woven(draw) -> tuple[dict, dict]:
    """Draw a register whose stage rests on every fact and point, and a few answers to it."""
    facts = {
        f"f{i}": draw(st.sampled_from([None, None, ["a", "b"], ["a", "b", "c"]]))
        for i in range(draw(st.integers(2, 5)))
    }
    points = {f"p{i}": ["x", "y"] for i in range(draw(st.sampled_from([0, 1, 2, 2])))}
    conditions, threads = {}, [n for n, v in facts.items() if not v]
    for name, values in {**{n: v for n, v in facts.items() if v}, **points}.items():
        for place in range(draw(st.integers(1, 2))):
            chosen = draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))
            one_of = chosen[: len(values) - 1]
            conditions[f"c{place}_{name}"] = {"tests": name, "one_of": one_of}
            threads.append(f"c{place}_{name}")
    loose = draw(st.permutations(threads))
    for i in range(9):
        taken = [loose.pop(0) for _ in range(min(len(loose), draw(st.integers(2, 3))))]
        parts: dict[str, list[str]] = {"when_all": [], "when_any": [], "unless_any": []}
        for name in [*taken, *draw(st.lists(st.sampled_from(threads), max_size=1))]:
            role = parts[draw(st.sampled_from(list(parts)))]
            role.extend([] if name in role else [name])
        conditions[f"k{i}"] = parts
        loose.append(f"k{i}")
        if len(loose) == 1:
            break
    maybe = st.sampled_from(["", *conditions])
    register = {
        "facts": facts,
        "points": points,
        "conditions": conditions,
        "constraints": draw(st.lists(_constraint(facts, 1), max_size=2)),
        "stage": {"conditions": loose[-1], "outside": draw(maybe), "refusal": draw(maybe)},
    }
    domains = {**{n: v or [True, False] for n, v in facts.items()}, **points}
    known = draw(st.lists(st.sampled_from(list(domains)), max_size=3, unique=True))
    return register, {name: draw(st.sampled_from(domains[name])) for name in known}


@st.composite
def versions(draw) -> tuple[dict, dict, dict, dict]:
    """Draw a register, another version of it, and answers that are possible in both."""
    register, drawn, _ = draw(questions())
    other = deepcopy(register)
    for _ in range(draw(st.integers(1, 2))):
        _mutate(draw, other)
    facts = {n: v for n, v in drawn.items() if n in register["facts"] and draw(st.booleans())}
    sides = [{n: v for n, v in drawn.items() if n in register["points"]} for _ in range(2)]
    for point, readings in register["points"].items():
        if draw(st.booleans()):
            sides[1][point] = draw(st.sampled_from(readings))
    one, two = ({**facts, **side} for side in sides)
    assume(Oracle(register, one).here and Oracle(other, two).here)
    return register, one, other, two


def _norms(draw, register: dict) -> dict:
    return {
        f"m{i}": {
            **_lists(draw, [n for n, v in register["facts"].items() if not v], register),
            "bearer": draw(st.sampled_from(ACTORS)),
            "modality": draw(st.sampled_from(["must", "may", "must_not"])),
        }
        for i in range(draw(st.integers(0, 2)))
    }


def _lists(draw, known: list[str], register: dict) -> dict:
    known = [*known, *register["conditions"]]
    some = st.lists(st.sampled_from(known), max_size=2, unique=True)
    parts = {role: draw(some) for role in ("when_all", "when_any", "unless_any")}
    return parts if any(parts.values()) else {**parts, "when_all": [draw(st.sampled_from(known))]}


def _actors(draw, register: dict) -> dict:
    return {
        name: {
            value: draw(st.sampled_from(ACTORS))
            for value in values or [True, False]
            if draw(st.booleans())
        }
        for name, values in register["facts"].items()
    }


def _possible(register: dict, drawn: dict) -> dict:
    """Keep the answers, one by one, that leave some situation possible."""
    oracle, answers = Oracle(register, {}), {}
    assume(oracle.possible)
    for name, value in drawn.items():
        if oracle.agreeing({**answers, name: value}):
            answers[name] = value
    return answers


def _matter(register: dict) -> st.SearchStrategy[tuple[str, bool]]:
    others = [*register["conditions"], *register["norms"]]
    others += [name for name, values in register["facts"].items() if not values]
    stage = [("s", False), *([("s", True)] if register["stage"]["refusal"] else [])]
    return st.sampled_from(stage) | st.sampled_from([(name, False) for name in others])


def _mutate(draw, register: dict) -> None:
    """Change one thing of a register: a condition, a constraint, a value, a norm, or the stage."""
    what = draw(
        st.sampled_from(["constraint", "condition", "constraint", "value", "norm", "stage"])
    )
    conditions, facts = register["conditions"], register["facts"]
    choices = [name for name, values in facts.items() if values]
    if what == "condition":
        name = draw(st.sampled_from(list(conditions)))
        node = conditions[name]
        if "one_of" in node:
            tested = facts.get(node["tests"]) or register["points"].get(node["tests"])
            node["one_of"] = draw(st.lists(st.sampled_from(tested), min_size=1, unique=True))
        else:
            earlier = {n: conditions[n] for n in list(conditions)[: list(conditions).index(name)]}
            booleans = [n for n, v in facts.items() if not v]
            if booleans or earlier:
                conditions[name] = _lists(draw, booleans, {"conditions": earlier})
    elif what == "constraint" and len(facts) > 1:
        register["constraints"] = draw(st.lists(_constraint(facts, 1), max_size=2))
    elif what == "value" and choices:
        name = draw(st.sampled_from(choices))
        facts[name] = [*facts[name], "z"] if "z" not in facts[name] else facts[name]
    elif what == "norm" and register["norms"]:
        name = draw(st.sampled_from(list(register["norms"])))
        if draw(st.booleans()):
            del register["norms"][name]
        else:
            register["norms"][name]["modality"] = draw(st.sampled_from(["must", "may"]))
    else:
        register["stage"]["conditions"] = draw(st.sampled_from(list(conditions)))


def as_toml(register: dict) -> str:
    """Write a drawn register as the TOML that a jurist would write."""
    lines = [
        f'[procedure.monde]\nlabel = {_TEXT}\nsheet = "affiche"\nsince = 2020-01-01',
        f'[sheet.affiche]\nlabel = {_TEXT}\nurl = "https://example.org"\nverified = 2020-01-01',
        '[sheet.affiche.passages]\n"1" = "aaaaaaaa"',
    ]
    for name, values in register["facts"].items():
        lines.append(f"[fact.{name}]\nlabel = {_TEXT}\nask = {_TEXT}\nwhy = {_TEXT}")
        actors = register.get("changed_by", {}).get(name)
        if actors:
            by = ", ".join(f'{str(v).lower()} = "{actor}"' for v, actor in actors.items())
            lines.append(f"changed_by = {{ {by} }}")
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
    for name, node in register.get("norms", {}).items():
        lines.append(f'[norm.{name}]\nlabel = {_TEXT}\nstage = "s"\n{_CITE}')
        lines += [f"{key} = {json.dumps(value)}" for key, value in node.items() if value]
    for i, never in enumerate(register["constraints"]):
        inner = ", ".join(f"{n} = {json.dumps(v)}" for n, v in never.items())
        lines.append(f"[constraint.n{i}]\nlabel = {_TEXT}\nnever = {{ {inner} }}")
    lines.append(f"[stage.s]\nlabel = {_TEXT}\nif_met = {_TEXT}\n{_CITE}")
    lines += [f"{key} = {json.dumps(ref)}" for key, ref in register["stage"].items() if ref]
    return "\n".join(lines) + "\n"

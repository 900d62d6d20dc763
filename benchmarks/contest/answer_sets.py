"""The rules as a logic program under answer sets, grounded once for each use."""

from __future__ import annotations

from typing import Any

import clingo

from contest import rules

LAW = """
inside :- etranger, hors_accord.
told :- sans_contact, plainte.
told :- sans_contact, temoignage.
exempt :- mineur, souhait.
met :- infraction, audition, told.
met :- infraction, audition, exempt.
outcome(out_of_scope) :- not inside.
outcome(not_eligible) :- inside, not met.
outcome(may_be_refused) :- inside, met, ground.
outcome(eligible) :- inside, met, not ground.
"""
GROUNDS = "".join(f"ground :- {name}.\n" for name in rules.GROUNDS)
CHOSEN = "".join(f"{{ {name} }}.\n" for name in rules.FACTS)
GIVEN = "".join(f"#external {name}. [false]\n" for name in rules.FACTS)
# A fact flips or stays; the smallest sets of flips are the minimal models over flip/1.
FLIPS = "".join(
    f"#external was({n}). [false]\n{{ flip({n}) }}.\n"
    f"{n} :- was({n}), not flip({n}).\n{n} :- not was({n}), flip({n}).\n"
    for n in rules.FACTS
) + (
    ":- not outcome(eligible).\n#show flip/1.\n"
    "#heuristic flip(F) : fact(F). [1,false]\n" + "".join(f"fact({n}).\n" for n in rules.FACTS)
)


def grounded(program: str, *options: str) -> clingo.Control:
    """Ground a program once."""
    control = clingo.Control(["--warn=none", *options])
    control.add("base", [], program)
    control.ground([("base", [])])
    return control


class Clingo:
    """One ground program per question, cases given as assumptions or externals."""

    def __init__(self) -> None:
        law = LAW + GROUNDS
        self.open = grounded(law + CHOSEN + "#show outcome/1.")
        self.brave = grounded(law + CHOSEN + "#show outcome/1.", "--enum-mode=brave")
        self.moves = grounded(law + FLIPS, "--enum-mode=domRec", "--heuristic=Domain")
        self.closed = grounded(law + GIVEN + "#show outcome/1.")
        for control in (self.brave, self.moves, self.open):
            control.configuration.solve.models = 0
        self.literal = {
            name: self.open.symbolic_atoms[clingo.Function(name)].literal for name in rules.FACTS
        }
        self.symbol = {name: clingo.Function(name) for name in rules.FACTS}
        self.was = {name: clingo.Function("was", [s]) for name, s in self.symbol.items()}

    def one(self, case: rules.Case) -> str:
        given = [self.literal[n] if value else -self.literal[n] for n, value in case.items()]
        found: list[str] = []
        self.open.solve(
            assumptions=given,
            on_model=lambda m: found.append(m.symbols(shown=True)[0].arguments[0].name),
        )
        return found[0]

    def partial(self, case: rules.Case) -> frozenset[str]:
        found: list[Any] = []
        self.brave.solve(
            assumptions=[(self.symbol[n], value) for n, value in case.items()],
            on_model=lambda m: found.append(m.symbols(shown=True)),
        )
        return frozenset(symbol.arguments[0].name for symbol in found[-1])

    def whole(self) -> list[Any]:
        found: list[Any] = []
        self.open.solve(on_model=lambda m: found.append(m.symbols(shown=True)[0]))
        return found

    def counts(self, held: list[Any]) -> dict[str, int]:
        counted = dict.fromkeys(rules.OUTCOMES, 0)
        for symbol in held:
            counted[symbol.arguments[0].name] += 1
        return counted

    def changes(self, case: rules.Case) -> rules.Changes:
        for name, symbol in self.was.items():
            self.moves.assign_external(symbol, case[name])
        found: list[frozenset[str]] = []
        self.moves.solve(
            on_model=lambda m: found.append(
                frozenset(s.arguments[0].name for s in m.symbols(shown=True))
            )
        )
        return frozenset(found)

    def p1(self) -> str:
        """Answer as programs are usually written: what is not stated is false."""
        for name, value in rules.ALL_BUT_ONE.items():
            self.closed.assign_external(self.symbol[name], value)
        found: list[str] = []
        self.closed.solve(
            on_model=lambda m: found.append(str(m.symbols(shown=True)[0].arguments[0]))
        )
        return found[0]

    def p2(self) -> str:
        control = grounded("a. { b }. p :- a, b. p :- a, not b.", "--enum-mode=cautious")
        control.configuration.solve.models = 0
        found: list[list[str]] = []
        control.solve(on_model=lambda m: found.append([str(s) for s in m.symbols(atoms=True)]))
        return "true" if "p" in found[-1] else "unknown"

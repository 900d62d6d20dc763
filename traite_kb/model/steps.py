"""The nouns of a pathway: steps, their deadlines, and what they need and give."""

from __future__ import annotations

from dataclasses import dataclass

from traite_kb.model.base import Actor, Node, Text


@dataclass(frozen=True, slots=True)
class Deadline:
    """A length of time and where it starts: a step, or a gap when no source says."""

    count: int
    unit: str
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Node):
    """An act by an actor, in its place among the others.

    It waits for the steps of ``after``; it usually comes after those of ``usually_after``, but
    waits for none of them.
    """

    actor: Actor
    after: tuple[str, ...] = ()
    usually_after: tuple[str, ...] = ()
    optional: bool = False
    needs: tuple[str, ...] = ()
    done_when: tuple[str, ...] = ()
    moot_when: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    deadline: Deadline | None = None

    @property
    def follows(self) -> tuple[str, ...]:
        """Every step before this one in the order of the pathway, waited for or not."""
        return (*self.after, *self.usually_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Node):
    """A paper to provide or received; ``one_of`` lists alternatives of which one is enough.

    ``needed_when`` says in words when a paper is asked for that is not always.
    """

    one_of: tuple[str, ...] = ()
    needed_when: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Right(Node):
    """What a step gives the person besides papers: stay, work, protection.

    It lasts as long as one of ``holds_when`` holds; without any, it goes with its step.
    """

    holds_when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Help(Node):
    """A support that the person can ask for."""

"""The nouns of what people take away: mistakes put right, other procedures, whom to call."""

from __future__ import annotations

from dataclasses import dataclass

from traite_kb.model.base import Node, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake(Node):
    """What is often wrongly believed: the label says it, ``instead`` says what holds.

    ``about`` names the nodes beside which it is worth telling.
    """

    instead: Text
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door(Node):
    """Another procedure, to be looked at elsewhere: never a right, nor a result of this one.

    It is worth a look when one of the conditions of ``when`` holds; always, when there are none.
    """

    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Node):
    """A number to call, or an address on the web, and when its source gave it.

    ``told`` is a date, or its year or month alone: ``2022``, ``2023-11``; ``urgent`` marks those
    for immediate danger.
    """

    at: str
    told: str
    urgent: bool = False

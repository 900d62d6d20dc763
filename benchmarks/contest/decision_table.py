"""The rules as one decision table: the first row that fits the case gives the outcome.

This is the form in which decision engines are usually fed; two contestants share it.
"""

from __future__ import annotations

from contest import rules

ROWS: list[tuple[dict[str, bool], str]] = [
    *(({name: False}, rules.OUT) for name in rules.SCOPE),
    *(({name: False}, rules.LACKING) for name in ("infraction", "audition")),
    *(
        ({**dict.fromkeys(door, False), way: False}, rules.LACKING)
        for door in (("sans_contact",), ("plainte", "temoignage"))
        for way in rules.EXCEPTION
    ),
    *(({name: True}, rules.REFUSABLE) for name in rules.GROUNDS),
    ({}, rules.ELIGIBLE),
]

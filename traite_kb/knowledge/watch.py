"""A copy of the official sheet held against the register: what is found, changed, gone or new."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from traite_kb.knowledge.copies import copy_text
from traite_kb.knowledge.rereading import Rereading, rereadings
from traite_kb.knowledge.sheet import fingerprints, plain, sentences
from traite_kb.model import Procedure
from traite_kb.problems import KnowledgeError, Origin, problem

ALIKE = 0.6
"""From this likeness on (``difflib``, 0 to 1), two sentences are one that changed."""

_Pairs = dict[str, str]


@dataclass(frozen=True)
class Comparison:
    """A copy of the sheet held against the register.

    ``words`` maps each passage key still found, at its place or moved, to its words; ``moved``
    maps an old place to the new one; ``lost`` lists the places whose words are no longer there,
    and ``changed`` those of them that have other words now, with the place where to read these;
    ``added`` lists sentences of the copy that the register does not know; ``stale`` lists the
    nodes to read again, and ``reread`` tells for each lost place all that rests on it.
    """

    words: Mapping[str, str]
    moved: Mapping[str, str]
    lost: tuple[str, ...]
    added: tuple[str, ...]
    stale: tuple[str, ...]
    changed: Mapping[str, str] = field(default_factory=dict)
    reread: Mapping[str, Rereading] = field(default_factory=dict)

    @property
    def unchanged(self) -> int:
        """The number of passages found at their place."""
        return len(self.words) - len(self.moved)

    @property
    def gone(self) -> tuple[str, ...]:
        """The places whose words are no longer there, with nothing in their stead."""
        return tuple(key for key in self.lost if key not in self.changed)

    @property
    def new(self) -> tuple[str, ...]:
        """The sentences of the copy that stand in no passage’s stead."""
        taken = set(self.changed.values())
        return tuple(key for key in self.added if key not in taken)

    def as_json(self) -> dict[str, object]:
        """Give the comparison in the shape that ``source --json`` prints."""
        return {
            "moved": dict(self.moved),
            "lost": list(self.lost),
            "added": list(self.added),
            "stale": list(self.stale),
            "unchanged": self.unchanged,
            "changed": dict(self.changed),
            "gone": list(self.gone),
            "new": list(self.new),
            "reread": {key: found.as_json() for key, found in self.reread.items()},
        }


def compare_sheet(procedure: Procedure, path: Path, before: Path | None = None) -> Comparison:
    """Hold a copy of the official sheet against the register’s fingerprints.

    The register does not keep the words. Without ``before``, words that are new between the same
    neighbours as a lost passage are taken for its new words.

    Parameters
    ----------
    procedure : Procedure
    path : Path
        The copy, as text or as a web page.
    before : Path, optional
        An older copy, whose words are those of the register: a passage of which the new copy
        has a like sentence is told as changed, any other as gone.

    Raises
    ------
    KnowledgeError
        When a copy is missing, unreadable or not text, or holds too little of the sheet.
    """
    known = procedure.sheet.passages
    copy, pairs = _found(procedure, path)
    lost = [key for key in known if key not in pairs]
    matched = set(pairs.values())
    added = [key for key in copy if key not in matched]
    changed = _in_their_stead(list(known), list(copy), pairs)
    if before is not None:
        old, old_pairs = _found(procedure, before)
        told = {key: old[old_pairs[key]] for key in lost if key in old_pairs}
        alike = _alike(told, {key: copy[key] for key in added})
        changed = {**{k: v for k, v in changed.items() if k not in told}, **alike}
    reread = rereadings(procedure, lost)
    return Comparison(
        {key: copy[place] for key, place in pairs.items()},
        {key: place for key, place in pairs.items() if place != key},
        tuple(lost),
        tuple(added),
        _stale(procedure, reread),
        {key: changed[key] for key in lost if key in changed},
        reread,
    )


def with_source(procedure: Procedure, path: str | Path) -> Procedure:
    """Give the procedure with the words of a copy of its sheet, to be quoted beside each node.

    The words are held in memory only. A passage that is not in the copy is told as such.

    Parameters
    ----------
    procedure : Procedure
    path : str or Path
        The copy, as text or as a web page.

    Raises
    ------
    KnowledgeError
        When the copy is missing, unreadable or not text, or holds too little of the sheet.
    """
    copy, pairs = _found(procedure, Path(path))
    words = MappingProxyType({key: copy[place] for key, place in pairs.items()})
    views: dict[Procedure, Procedure] = {}

    def view(version: Procedure) -> Procedure:
        if version not in views:
            reopen = version.reopen
            again = None if reopen is None else lambda day: view(reopen(day))
            views[version] = replace(version, source=words, reopen=again)
        return views[version]

    return view(procedure)


def _found(procedure: Procedure, path: Path) -> tuple[dict[str, str], _Pairs]:
    """Read a copy, and pair the passages that it holds with their place in it."""
    known = procedure.sheet.passages
    copy = sentences(copy_text(path))
    pairs = _pairs(known, copy)
    if 3 * len(pairs) < len(known):
        found, of = len(pairs), len(known)
        raise KnowledgeError([problem("E013", Origin(str(path)), found=found, of=of)])
    return copy, pairs


def _pairs(known: Mapping[str, str], copy: Mapping[str, str]) -> _Pairs:
    places: dict[str, list[str]] = {}
    for key, words in copy.items():
        for value in fingerprints(words):
            places.setdefault(value, []).append(key)
    wanted: dict[str, list[str]] = {}
    for key, value in known.items():
        wanted.setdefault(value, []).append(key)
    pairs: _Pairs = {}
    for value, keys in wanted.items():
        found = places.get(value, [])
        # The same words several times: in order, but in place where some of them are gone or new.
        stay = [] if len(found) == len(keys) else [key for key in keys if key in found]
        pairs.update((key, key) for key in stay)
        others = [key for key in keys if key not in stay]
        pairs.update(zip(others, (place for place in found if place not in stay), strict=False))
    return {key: pairs[key] for key in known if key in pairs}


def _in_their_stead(known: list[str], copy: list[str], pairs: _Pairs) -> _Pairs:
    """Pair each run of lost passages with the unknown sentences between the same neighbours."""
    rank = {key: number for number, key in enumerate(copy)}
    matched = set(pairs.values())
    found: _Pairs = {}
    run: list[str] = []
    start = -1
    for key in [*known, None]:
        if key is not None and key not in pairs:
            run.append(key)
            continue
        end = len(copy) if key is None else rank[pairs[key]]
        free = [place for place in copy[start + 1 : end] if place not in matched]
        if free:
            found.update((lost, free[min(n, len(free) - 1)]) for n, lost in enumerate(run))
        run, start = [], end
    return found


def _alike(lost: Mapping[str, str], free: Mapping[str, str]) -> _Pairs:
    """Pair lost passages with the sentences most like them, the most alike first."""
    scored: list[tuple[float, int, str, str]] = []
    for key, words in lost.items():
        judge = difflib.SequenceMatcher(b=plain(words), autojunk=False)
        for place, other in free.items():
            judge.set_seq1(plain(other))
            if judge.quick_ratio() >= ALIKE and (score := judge.ratio()) >= ALIKE:
                scored.append((-score, len(scored), key, place))
    found: _Pairs = {}
    for _, _, key, place in sorted(scored):
        if key not in found and place not in found.values():
            found[key] = place
    return found


def _stale(procedure: Procedure, reread: Mapping[str, Rereading]) -> tuple[str, ...]:
    touched = [name for found in reread.values() for name in found.nodes]
    touched += [name.split(".")[0] for found in reread.values() for name in found.points]
    order = {node.id: number for number, node in enumerate(procedure)}
    return tuple(sorted(dict.fromkeys(touched), key=lambda name: order.get(name, len(order))))

"""Yes, no and unknown: the three answers that a rule can give about a situation."""

from __future__ import annotations

from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """What is known of a statement: it holds, it does not, or nobody can tell yet.

    An unknown is never silently taken for a « no »: asking for its Boolean value is an error.

    Examples
    --------
    >>> Truth.of(None) is Truth.UNKNOWN
    True
    >>> bool(Truth.UNKNOWN)
    Traceback (most recent call last):
    ...
    TypeError: a Truth has three values: compare it with Truth.YES, Truth.NO or Truth.UNKNOWN
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, value: bool | None) -> Truth:
        """Turn an answer (``True``, ``False`` or ``None`` for unanswered) into a truth."""
        if value is None:
            return cls.UNKNOWN
        return cls.YES if value else cls.NO

    @property
    def json(self) -> bool | None:
        """The value as JSON writes it: ``true``, ``false`` or ``null``."""
        return {Truth.YES: True, Truth.NO: False, Truth.UNKNOWN: None}[self]

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a Truth has three values: compare it with Truth.YES, Truth.NO or Truth.UNKNOWN"
        )

"""Whole numbers that a question names are written into it: the units in a person's reach, the rows of a list.

Given as parameters each is prepared, quoted and sent by itself, in Python: of a leader's page a twelfth went into that.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import AutoField, BigAutoField
from django.db.models.fields.related import ForeignObject
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In


class _Numbers(list[int]):
    """Whole numbers and nothing else."""


class _WrittenOut(In):
    """`column IN (1, 2, 3)`; of anything but whole numbers as Django has it."""

    def get_prep_lookup(self) -> Any:
        """See the class."""
        if isinstance(self.rhs, list | tuple | set | frozenset) and all(type(one) is int for one in self.rhs):
            return _Numbers(sorted(set(self.rhs)))
        return super().get_prep_lookup()

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """See the class."""
        if not isinstance(self.rhs, _Numbers):
            return super().process_rhs(compiler, connection)
        if not self.rhs:
            raise EmptyResultSet
        return f"({', '.join(map(str, self.rhs))})", []


class _RelatedWrittenOut(_WrittenOut, RelatedIn):
    """The same of a foreign key."""


def install() -> None:
    """For foreign keys and primary keys, in every question from now on."""
    ForeignObject.register_lookup(_RelatedWrittenOut)
    AutoField.register_lookup(_WrittenOut)
    BigAutoField.register_lookup(_WrittenOut)

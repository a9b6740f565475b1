"""The kinds of units, read from `data/unit_kinds.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from xulang.organisation.enums import Tree


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit, *loại đơn vị*: its tree, and whether it issues and receives directives in its own name."""

    code: str
    name: str
    tree: Tree
    governing: bool = False


@cache
def all_kinds() -> MappingProxyType[str, UnitKind]:
    """Every kind by its code."""
    table = tomllib.loads(files("xulang.organisation").joinpath("data/unit_kinds.toml").read_text("utf-8"))
    return MappingProxyType(
        {
            code: UnitKind(code, row["name"], Tree(row["tree"]), row.get("governing", False))
            for code, row in table["kind"].items()
        }
    )


@cache
def governing() -> frozenset[str]:
    """The codes of the governing kinds."""
    return frozenset(kind.code for kind in all_kinds().values() if kind.governing)

"""Ý kiến chỉ đạo có sẵn: the sentences that a leader gives by one tap. PURE."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Ready:
    """A sentence, and the short word on its button."""

    label: str
    text: str


@cache
def ready_directions() -> tuple[Ready, ...]:
    """Every sentence of `data/directions.toml`, in its order."""
    table = tomllib.loads(files("xulang.programme").joinpath("data/directions.toml").read_text("utf-8"))
    return tuple(Ready(row["label"], row["text"]) for row in table["direction"])

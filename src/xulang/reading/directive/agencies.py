"""Which agencies a line names beside those of the heading over it."""

import re
from functools import lru_cache

from xulang.reading.directive.findings import UnitMention
from xulang.reading.text.level import level


def another(named: tuple[UnitMention, ...], heading: tuple[UnitMention, ...]) -> bool:
    """Whether the line names a body of its own, and not the heading's in another spelling."""
    if level(named[0].value).startswith("lãnh đạo"):
        return False  # under an agency the verb is meant
    if all(unit.group for unit in heading) and not any(unit.group for unit in named):
        return True  # "Các phòng …:" over "- Phòng A …"
    known = [_bare(unit.value) for unit in heading]
    return not any(_bare(unit.value) in name or name in _bare(unit.value) for unit in named for name in known)


def some_of(named: tuple[UnitMention, ...], heading: tuple[UnitMention, ...]) -> bool:
    """Whether the line names some of the heading's bodies and leaves others out."""
    known = {_bare(unit.value) for unit in heading}
    return len(named) < len(known) and {_bare(unit.value) for unit in named} < known


@lru_cache(4096)
def _bare(name: str) -> str:
    """A name as far as two spellings of it agree."""
    words = level(name).replace("ủy ban nhân dân", "ubnd").replace("hội đồng nhân dân", "hđnd")
    return re.sub(r"[^\w]+|(?<!\w)(?:và|các)(?!\w)", "", words)

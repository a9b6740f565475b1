"""The numbered tree: which label stands in which, found by kind, by value and by order."""

import re
from dataclasses import dataclass, field, replace

from xulang.reading.directive.findings import Section
from xulang.reading.directive.knowledge import cue
from xulang.reading.directive.labels import RANK, Kind, Label, following
from xulang.reading.directive.lines import Row, Sheet
from xulang.reading.text.spans import Span


@dataclass(slots=True)
class Node:
    """A numbered part with its own lines and its parts. The root has no label; the tree is not changed once grown."""

    row: Row | None
    label: Label | None
    id: str
    depth: int
    parent: "Node | None" = None
    rows: list[Row] = field(default_factory=list)  # its own lines, without the head and without those of its parts
    parts: list["Node"] = field(default_factory=list)

    @property
    def start(self) -> int:
        assert self.row is not None
        return self.row.at.start

    @property
    def end(self) -> int:
        """The end of the last line, parts included."""
        ends = [self.row.at.end if self.row else 0]
        ends += [row.at.end for row in self.rows[-1:]] + [part.end for part in self.parts[-1:]]
        return max(ends)

    def walk(self) -> list["Node"]:
        """This node and all below, in order."""
        out, todo = [], [self]
        while todo:
            node = todo.pop()
            out.append(node)
            todo.extend(reversed(node.parts))
        return out


def grow(bodies: list[list[Row]], *, scanned: bool = False) -> Node:
    """The tree over the lines of the paper and of what is attached to it; each of these begins anew at the root.

    `scanned`: labels were recognised from a picture, and one that breaks the row is read as the one that is due.
    """
    root = Node(None, None, "", 0)
    ids: dict[str, int] = {}
    for rows in bodies:
        here = root
        for row in rows:
            label = row.label
            if scanned and label is not None:
                label = _due(here, label)
            if label is None or label.kind == "bullet" or not _stands(here, label):
                here.rows.append(row)
                continue
            parent = _parent(here, label)
            node = Node(row, label, _id(parent, label, ids), parent.depth + 1, parent)
            parent.parts.append(node)
            here = node
    return root


def _due(here: Node, label: Label) -> Label:
    """A recognised label as the one that is due: "H." after "I." is "II.", "IL." before any other is "I."."""
    beside = [node.label for node in _up(here) if node.label]
    romans = [above for above in beside if above.kind == "roman"]
    if label.kind == "upper" and label.key in "HLU" and not any(above.kind == "upper" for above in beside):
        if not romans and label.key == "H":
            return replace(label, kind="roman", key="II", parts=(2,))  # no paper begins with part H
        label = replace(label, kind="roman") if romans else label
    if label.kind == "roman" and not romans and label.parts[0] > _MOST:
        return replace(label, key="I", parts=(1,))
    above = next((above for above in beside if above.kind == label.kind), None)
    numbers = next((above for above in beside if above.kind == "number"), None)
    if label.kind in ("upper", "letter") and above is None and numbers is not None:  # "S." for "5."
        as_number = following(replace(label, kind="number", parts=(0,)), numbers)
        return as_number if as_number.parts[0] else label
    return following(label, above) if above and label.kind in ("roman", "letter", "number") else label


_MOST = 30  # no paper has more parts with Roman numbers


def _stands(here: Node, label: Label) -> bool:
    """Whether a typed number is a label here; a first number of 40 or a lone "x)" is not."""
    if label.kind in ("number", "dotted") and label.parts[0] > 40:
        return any(above.label and above.label.kind == label.kind for above in _up(here))
    if label.kind == "letter":
        return label.parts[0] > 0
    if label.kind == "upper":
        return (
            label.parts[0] == 1
            or any(a.label and a.label.kind == "upper" for a in _up(here))
            or _last_of(here, "upper")
        )
    return True


def _last_of(here: Node, kind: Kind) -> bool:
    return any(
        part.label and part.label.kind == kind for above in [*_up(here), _root(here)] for part in above.parts[-1:]
    )


def _root(node: Node) -> Node:
    while node.parent is not None:
        node = node.parent
    return node


def _up(node: Node | None) -> list[Node]:
    """The node and what it stands in, the root left out."""
    out = []
    while node is not None and node.label is not None:
        out.append(node)
        node = node.parent
    return out


def _parent(here: Node, label: Label) -> Node:
    """What a new label stands in: beside the last of its kind, else inside what ranks above it."""
    ancestors = _up(here)
    if label.kind == "annex":
        return _root(here)
    if label.kind == "dotted":
        return _parent_of_dotted(ancestors, here, label)
    alike = [node for node in ancestors if node.label and node.label.kind == label.kind]
    if label.kind == "roman" and not alike:
        alike = _letters_read_as_roman(ancestors, label)
    for node in alike:
        assert node.label is not None
        if label.parts[0] == node.label.parts[0] + 1:
            return node.parent or node
    if alike:
        first = label.parts[0] == 1 and RANK[here.label.kind] > RANK[label.kind] if here.label else False
        if first and label.kind == "number" and here.label and here.label.kind in ("letter", "paren"):
            return here  # "a)" may hold "1." of its own
        return alike[0].parent or alike[0]
    for node in ancestors:
        assert node.label is not None
        if RANK[node.label.kind] < RANK[label.kind]:
            return node
    return _root(here)


def _letters_read_as_roman(ancestors: list[Node], label: Label) -> list[Node]:
    return [n for n in ancestors if n.label and n.label.kind == "upper" and label.key == chr(ord(n.label.key) + 1)]


def _parent_of_dotted(ancestors: list[Node], here: Node, label: Label) -> Node:
    """ "3.2" stands in "3", "3.2.1" in "3.2"; beside its like where the whole number is not there."""
    for node in ancestors:
        assert node.label is not None
        if node.label.kind in ("number", "dotted", "roman") and node.label.parts == label.parts[:-1]:
            return node
    for node in ancestors:
        assert node.label is not None
        if node.label.kind == "dotted" and len(node.label.parts) == len(label.parts):
            return node.parent or node
    for node in ancestors:
        assert node.label is not None
        if RANK[node.label.kind] < RANK["dotted"] or (
            node.label.kind == "dotted" and len(node.label.parts) < len(label.parts)
        ):
            return node
    return _root(here)


def _id(parent: Node, label: Label, ids: dict[str, int]) -> str:
    """Joins the labels; a label that begins with its parent's number replaces it; a repeated one takes "~2"."""
    base = parent.id
    if label.kind == "dotted" and parent.label and parent.label.kind in ("number", "dotted"):
        if label.parts[: len(parent.label.parts)] == parent.label.parts:
            base = parent.parent.id if parent.parent else ""
    elif label.kind == "article" and parent.label and parent.label.kind == "heading":
        pass
    name = label.key if not base else base + (":" if re.fullmatch(r"PL\d+", base) else ".") + label.key
    ids[name] = ids.get(name, 0) + 1
    return name if ids[name] == 1 else f"{name}~{ids[name]}"


def sections_of(sheet: Sheet, root: Node) -> tuple[Section, ...]:
    """The tree as findings, in order of the text."""
    out = []
    for node in root.walk()[1:]:
        assert node.row is not None
        assert node.label is not None
        parent = node.parent.id if node.parent and node.parent.id else None
        words = sheet.text[node.label.at.start : node.label.at.end]
        out.append(Section(node.id, words, node.depth, title_of(sheet, node), parent, Span(node.start, node.end)))
    return tuple(out)


_MAX_TITLE = 220


# What a heading goes on with that lays a duty: "Kinh phí và nhiệm vụ …".
_LAYS = re.compile(r"nhiệm vụ|giải pháp|tổ chức thực hiện|phân công|nội dung")


def title_of(sheet: Sheet, node: Node) -> str | None:
    """The heading's words: none where the numbered line is itself a provision."""
    assert node.row is not None
    words = " ".join(node.row.body.of(sheet.text).split())
    if not words and node.rows and node.label and RANK[node.label.kind] <= RANK["article"]:
        words = " ".join(node.rows[0].at.of(sheet.text).split())
    heading = node.row.line.heading is not None or node.row.line.bold
    if not words or len(words) > _MAX_TITLE or (words[-1] in ".;" and not heading):
        return None
    return words.rstrip(" :.;") or None


def titled(key: str, words: str) -> bool:
    """Whether a heading's words begin with one of the titles of cues.toml and go on with nothing that lays a duty."""
    match = cue("sections", key).match(words)
    return bool(match) and not _LAYS.search(words[match.end() :])  # type: ignore[union-attr]  # set where true

"""Nhiệm vụ: walks the tree and says where a task begins and ends and by which form it is laid on somebody.

Forms, tried in this order for every part: label lines, an agency as heading, a sentence. Tables are read apart.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from xulang.reading.directive.agencies import another, some_of
from xulang.reading.directive.blocks import WHO, Block, Labelled, blocks_of, labels_in, opens_block
from xulang.reading.directive.deadlines import Calendar, spoken, stated
from xulang.reading.directive.findings import Deadline, Finding, Mode, Origin, TaskFinding, UnitMention
from xulang.reading.directive.knowledge import cue, cues
from xulang.reading.directive.lines import Row, Sheet
from xulang.reading.directive.paragraphs import Paragraph, is_boilerplate, is_form, paragraphs_of, sentences_of
from xulang.reading.directive.responsibilities import Assignment, helpers, mentions, read_assignment, read_names
from xulang.reading.directive.sections import Node, title_of, titled
from xulang.reading.directive.tables import table_tasks
from xulang.reading.text.level import choice
from xulang.reading.text.spans import Span, trimmed
from xulang.reading.text.units import Scanner

Values = tuple[tuple[str, tuple[Span, ...]], ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What stands over a line: who the heading names, and whether the section lays anything on anybody."""

    lead: tuple[UnitMention, ...] = ()
    coordinating: tuple[UnitMention, ...] = ()
    mode: Mode = "order"
    idle: bool = False
    closing: bool = False


class Tasks:
    """Gathers the tasks of one paper.

    `issuers`: how its text calls the issuing body, in level text; `orders`: whether it is of a type that lays duties on
    others, and not a report, so that an item that begins with a name and a verb is surely one.
    """

    def __init__(
        self, sheet: Sheet, root: Node, calendar: Calendar, issuers: tuple[str, ...], *, orders: bool = True
    ) -> None:
        self.sheet, self.root, self.calendar, self.issuers, self.orders = sheet, root, calendar, issuers, orders
        self.scanner = Scanner(sheet.text, sheet.low)
        self.found: list[TaskFinding] = []

    def read(self) -> tuple[TaskFinding, ...]:
        """All tasks in order of the text, numbered, without overlaps."""
        self._tables()
        self.scanner.learned = self._names_with_commas()
        self._part(self.root, Context())
        kept: list[TaskFinding] = []
        for task in sorted(self.found, key=lambda task: (task.at.start, task.at.end)):
            if not kept or task.at.start >= kept[-1].at.end:
                kept.append(task)
        return tuple(replace(task, id=f"T{number}") for number, task in enumerate(kept, 1))

    def _names_with_commas(self) -> tuple[str, ...]:
        """Names whose ends only a heading or a cell shows, for the prose: "Phòng Giám sát, thẩm định và xử lý"."""
        told = (row.body for row in self.sheet.rows if not row.cells and _HELD.match(self.sheet.text, *row.body))
        made = [made for body in told if (made := read_assignment(self.scanner, body))]
        leads = [one.lead for one in made] + [one.lead for one in self.found]
        units = (unit for lead in leads for unit in lead if not unit.group)
        names = {self.sheet.low[unit.at.start : unit.at.end] for unit in units}
        return tuple(
            sorted((name for name in names if _COMMA.search(name) and "\n" not in name), key=len, reverse=True)
        )

    # -- parts ---------------------------------------------------------------------------------------------------

    def _part(self, node: Node, over: Context) -> None:
        """One part and all below it."""
        here = self._heading(node, over)
        blocks = [block for block in blocks_of(self.sheet, node.rows) if block.tells_who]
        if values := self._label_parts(node):
            self._labelled(node, Span(node.start, node.end), values, here)
        elif blocks and not any(self._has_block(part) for part in node.parts):
            self._by_blocks(node, here, blocks)
        elif self._inside_who(node.row) and not node.parts:
            assert node.row is not None
            self._by_inside(node, node.row, Span(node.start, node.end), here)
        elif not self._under_agency(node, over, here):
            self._parts(node, self._own_lines(node, here))

    def _label_parts(self, node: Node) -> Values:
        """What parts tell that are label lines with letters of their own: "a) Nội dung: …", "b) Đơn vị chủ trì: …"."""
        if node.row is None:
            return ()
        values: list[tuple[str, tuple[Span, ...]]] = []
        labelled = 0
        for part in node.parts:
            found = labels_in(self.sheet, part.row) if part.row and not part.parts else []
            if found and found[0].at.start <= part.row.body.start + 3:  # type: ignore[union-attr]  # has one: `found`
                labelled += 1
                values += [(label.role, (label.value,)) for label in found]
        who = any(role in WHO for role, _ in values)
        return tuple(values) if who and labelled * 2 > len(node.parts) else ()

    def _parts(self, node: Node, here: Context) -> None:
        """The parts of a part, those that share one block of label lines together."""
        marked = [self._has_block(part) for part in node.parts]
        shared = any(marked) and sum(marked) * 2 <= len(marked) and not here.lead and node.label is not None
        waiting: list[Node] = []
        for part, has in zip(node.parts, marked, strict=True):
            if not shared or self._stands_alone(part):
                self._part(part, here)
                waiting = []
                continue
            waiting.append(part)
            if has:
                self._shared_block(node, waiting, here)
                waiting = []
        for part in waiting:
            self._part(part, here)

    def _has_block(self, node: Node) -> bool:
        return any(
            label.role in WHO
            for part in node.walk()
            for row in (*([part.row] if part.row else []), *part.rows)
            for label in opens_block(self.sheet, row)
        )

    def _stands_alone(self, node: Node) -> bool:
        """Whether a part among others without label lines of their own is laid on somebody by itself."""
        if node.row is None or self._has_block(node):
            return bool(node.rows and node.parts)
        made = read_assignment(self.scanner, node.row.body)
        return made is not None and (made.heading or made.firm)

    def _heading(self, node: Node, over: Context) -> Context:
        """The context that the heading of a part makes for what stands under it."""
        if node.row is None:
            return over
        body, low = node.row.body, self.sheet.low
        made = read_assignment(self.scanner, body)
        if made is not None and made.heading:
            members = "thành viên" in low[made.lead[0].at.start : made.lead[0].at.end]
            return Context(() if members else made.lead, made.coordinating, made.mode, members, over.closing)
        if title_of(self.sheet, node) is not None:
            words = low[body.start : body.end].strip(" :.*_")
            if titled("funding", words) or titled("idle", words):
                return replace(over, idle=not over.lead)
            over = replace(over, closing=over.closing or titled("closing", words))
        if made is not None and self._leads_in(node, made):
            return Context(made.lead, made.coordinating, made.mode, False, over.closing)
        if (made is None or not made.firm) and self._beside_agencies(node, over, like_name=made is not None):
            title = trimmed(self.sheet.text, *body, " \t\n:*_")
            unit = UnitMention(" ".join(title.of(self.sheet.text).split()), title, group=False, sure=False)
            return Context((unit,), (), made.mode if made else "order", False, over.closing)
        return over

    def _beside_agencies(self, node: Node, over: Context, *, like_name: bool) -> bool:
        """Whether a title over duties stands among agencies, so that it names one too: "Các Đội quản lý điện".

        One that does not begin like a name ("Bếp trưởng") is taken only in the part that says who does what.
        """
        below = bool(node.parts or node.rows)
        if node.row is None or node.parent is None or not below or title_of(self.sheet, node) is None:
            return False
        low = self.sheet.low
        opens = self.scanner.lex.end.match(low, node.row.body.start) or cue("sections", "matters").match(
            low, node.row.body.start
        )
        if not like_name and (not over.closing or opens or node.row.body.end - node.row.body.start > 60):
            return False
        beside = [part.row for part in node.parent.parts if part is not node and part.row]
        named = sum(bool(made and made.heading) for row in beside if (made := read_assignment(self.scanner, row.body)))
        return named >= (1 if over.closing and like_name else 2) and named * 3 >= len(beside) * 2

    def _leads_in(self, node: Node, made: Assignment) -> bool:
        """ "Sở A chủ trì thực hiện các việc sau:" over bullets or parts."""
        assert node.row is not None
        below = bool(node.parts) or bool(node.rows and node.rows[0].bullet)
        short = self.sheet.low.count(" ", made.words_at, node.row.at.end) <= 7  # "… tập trung chỉ đạo:"
        return below and (made.firm or short) and self.sheet.text[node.row.at.end - 1] == ":"

    # -- label lines ---------------------------------------------------------------------------------------------

    def _by_blocks(self, node: Node, here: Context, blocks: list[Block]) -> None:
        """One task to a block of label lines; the only block of a part takes the whole part."""
        rows = node.rows
        if len(blocks) == 1 and node.row is not None:
            self._labelled(node, Span(node.start, node.end), blocks[0].values, here)
            return
        begin = 0 if node.row is not None else max(0, blocks[0].first - 1)
        for block in blocks:
            start = rows[min(begin, len(rows) - 1)].at.start
            if begin == 0 and node.row is not None and title_of(self.sheet, node) is None:
                start = node.start
            self._labelled(node, Span(start, rows[block.last].at.end), block.values, here)
            begin = block.last + 1

    def _shared_block(self, parent: Node, parts: list[Node], here: Context) -> None:
        """Parts that stand over one block together: one task."""
        last = parts[-1]
        blocks = [block for block in blocks_of(self.sheet, last.rows) if block.tells_who]
        if len(parts) == 1 or not blocks:
            for part in parts:
                self._part(part, here)
            return
        whole = parts[0] is parent.parts[0] and last is parent.parts[-1] and parent.row is not None and not parent.rows
        start = parent.start if whole else parts[0].start
        self._labelled(parent, Span(start, last.end), blocks[-1].values, here)

    def _labelled(self, node: Node, at: Span, values: Values, here: Context) -> None:
        lead: tuple[UnitMention, ...] = ()
        coordinating: tuple[UnitMention, ...] = ()
        for role, places in values:
            for place in places if role in WHO else ():
                first, second = read_names(self.sheet.text, self.sheet.low, place)
                if role == "coordinating":
                    coordinating += (*first, *second)
                else:
                    lead, coordinating = lead + first, coordinating + second
        self._add(node, at, replace(here, lead=lead or here.lead), coordinating, "line", values, sure=bool(lead))

    def _inside(self, row: Row | None) -> list[Labelled]:
        """Labels in the middle of a line: "… (Đơn vị chủ trì: …; thời gian: …)"."""
        return [label for label in labels_in(self.sheet, row) if label.at.start > row.body.start + 3] if row else []

    def _inside_who(self, row: Row | None) -> bool:
        return any(label.role in WHO for label in self._inside(row))

    def _by_inside(self, node: Node, row: Row, at: Span, here: Context) -> None:
        self._labelled(node, at, tuple((label.role, (label.value,)) for label in self._inside(row)), here)

    # -- an agency as heading ------------------------------------------------------------------------------------

    def _under_agency(self, node: Node, over: Context, here: Context) -> bool:
        """A numbered provision under an agency's name: itself a task, each further paragraph one more."""
        if not over.lead or node.row is None or here is not over:
            return False
        below = bool(node.rows or node.parts)
        if below and title_of(self.sheet, node) is not None and self.sheet.text[node.row.at.end - 1] not in ".;":
            return False  # a heading under the agency's: what stands under it are the tasks
        groups = paragraphs_of(self.sheet, node.rows)
        further = next((index for index, group in enumerate(groups) if not group.bullet), len(groups))
        end = groups[further - 1].at.end if further else node.row.at.end
        if node.parts and further == len(groups):
            end = node.end
        self._lay(node, Span(node.start, end), node.row.body, over)
        for group in groups[further:]:
            self._lay(node, group.at, group.head, over)
        return True

    def _lay(self, node: Node, at: Span, head: Span, over: Context) -> None:
        """A task under an agency's name; a line of names alone is a list of members and none."""
        made = read_assignment(self.scanner, Span(head.start, at.end))
        direct = made is not None and made.at.start == head.start
        if (
            head.end <= head.start
            or is_boilerplate(self.sheet.low[at.start : at.end])
            or (made and direct and made.heading)
        ):
            return
        if made is not None and direct and self._asked_by_agency(head.start, made, over):
            made = None  # "Yêu cầu nhà trường …" under "Sở Giáo dục": the agency asks
        if made is not None and direct and (another(made.lead, over.lead) or some_of(made.lead, over.lead)):
            over = replace(over, lead=made.lead, mode=made.mode)
        coordinating = helpers(self.scanner, at, over.lead) or over.coordinating
        self._add(node, at, over, coordinating, None)

    def _asked_by_agency(self, start: int, made: Assignment, over: Context) -> bool:
        """Whether a line under an agency's name is what that agency asks of others; a peer is asked by the issuer."""
        low = self.sheet.low[start : made.lead[0].at.start].lstrip(" -+•*")
        named = self.sheet.low[made.lead[0].at.start : made.lead[0].at.end]
        asks = low.startswith(("yêu cầu", "đề nghị")) and not cue("peers", "heads").match(named)
        return asks and over.lead[0].sure and not over.lead[0].group

    # -- lines under no agency's heading ---------------------------------------------------------------------------

    def _own_lines(self, node: Node, here: Context) -> Context:
        """A part's own lines: the numbered one and those under it; and the context they make for the parts below."""
        groups = paragraphs_of(self.sheet, node.rows)
        if node.row is not None and not here.lead:
            bullets = self._bullets_of(node, groups)
            if not here.idle:
                own = Paragraph((node.row, *(row for group in groups[:bullets] for row in group.rows)))
                self._sentences(node, own, here)
            groups = groups[bullets:]
        local = here
        for index, group in enumerate(groups):
            if is_form(self.sheet, group.rows[0], over_first_part=node.label is None):
                continue
            followed = index + 1 < len(groups) and groups[index + 1].bullet and not group.bullet
            opened = self._opens(group, local, here, followed=followed, last=index + 1 == len(groups))
            if opened is not None:
                local = opened
            elif local is not here and not group.bullet and self._begins_anew(group):
                local = here
                self._sentences(node, group, here)
            elif local.lead:
                self._lay(node, group.at, group.head, local)
            elif not local.idle:
                below = node.parts if index + 1 == len(groups) else []
                here = self._lead_in(group, below, here) or self._sentences(node, group, here)
        return here

    def _lead_in(self, group: Paragraph, parts: list[Node], here: Context) -> Context | None:
        """ "UBND huyện yêu cầu các phòng, ban …:" over parts that name nobody themselves; None for any other line."""
        if not parts or self.sheet.text[group.at.end - 1] != ":":
            return None
        made = self._made(group.head) or self._made(sentences_of(self.sheet, group.head)[-1])
        if made is None or not made.firm or self._is_issuer(made):
            return None
        named = [bool(part.row and read_assignment(self.scanner, part.row.body)) for part in parts]
        if any(named) and (named[0] or sum(named) * 2 > len(named)):
            return here
        return replace(here, lead=made.lead, coordinating=made.coordinating, mode=made.mode)

    def _opens(self, group: Paragraph, local: Context, here: Context, *, followed: bool, last: bool) -> Context | None:
        """The context that an unnumbered line makes: "Sở A:" over bullets, a lead-in sentence; None for any other."""
        if local.idle:
            return None
        made = self._made(group.head)
        colon = self.sheet.text[group.rows[0].at.end - 1] == ":"
        if made is not None and made.heading and not last and (colon or not group.bullet):
            return Context(made.lead, made.coordinating, made.mode, False, here.closing)
        if not followed or not colon:
            return None
        if made is not None and made.firm:
            return Context(made.lead, made.coordinating, made.mode, False, here.closing)
        return local if local.lead else None

    def _begins_anew(self, group: Paragraph) -> bool:
        """Whether an unnumbered paragraph is laid on somebody by itself, so that the agency over it is over."""
        made = self._made(group.head)
        return made is not None and made.firm and not made.heading

    def _bullets_of(self, node: Node, groups: list[Paragraph]) -> int:
        """How many of the bullets under a numbered provision belong to it."""
        assert node.row is not None
        if title_of(self.sheet, node) is not None and self.sheet.text[node.row.at.end - 1] not in ".;":
            return 0
        count = 0
        for group in groups:
            made = self._made(group.head) if group.bullet else None
            if not group.bullet or (made is not None and made.firm):
                break
            count += 1
        return count

    # -- sentences -----------------------------------------------------------------------------------------------

    def _sentences(self, node: Node, group: Paragraph, here: Context) -> Context:
        """The tasks that the sentences of one paragraph lay on somebody; the context stays as it is."""
        first = group.rows[0]
        if self._inside_who(first):
            self._by_inside(node, first, group.at, here)
            return here
        if self._in_bracket(node, group, here):
            return here
        starts: list[tuple[int, Assignment]] = []
        sentences = sentences_of(self.sheet, Span(first.body.start, first.at.end))
        for sentence, after in zip(sentences, [*sentences[1:], None], strict=True):
            made = self._made(sentence) or (read_assignment(self.scanner, sentence) if here.closing else None)
            if made is not None and made.heading and after is not None and not starts:
                made = replace(made, heading=False)  # "Phòng A. Báo cáo …": a full stop where a comma was meant
            if made is None or self._lays_nothing(made, sentence, here):
                continue
            if starts and (made.lead == starts[-1][1].lead or not (made.firm or self._speaks_anew(sentence, made))):
                continue
            starts.append((sentence.start, made))
        for index, (start, made) in enumerate(starts):
            stop = starts[index + 1][0] if index + 1 < len(starts) else group.at.end
            begin = first.at.start if start == first.body.start or (len(starts) == 1 and first.label) else start
            at = Span(begin, start + len(self.sheet.text[start:stop].rstrip()))
            coordinating = helpers(self.scanner, Span(made.words_at, at.end), made.lead)
            sure = made.firm or here.closing or (self.orders and start == first.body.start and first.label is not None)
            over = replace(here, lead=made.lead, mode=made.mode)
            self._add(node, at, over, coordinating, None, sure=sure, said=Span(start, at.end))
        return here

    def _speaks_anew(self, sentence: Span, made: Assignment) -> bool:
        """Whether a further sentence is laid on a body that it begins with: "… . Trạm Y tế cử người …"."""
        first = made.lead[0]
        return first.at.start == sentence.start and first.sure and self.sheet.text[first.at.start].isupper()

    def _in_bracket(self, node: Node, group: Paragraph, here: Context) -> bool:
        """Lays a provision that tells in a bracket at its end who does it: "… (giao Phòng Kinh tế thực hiện)"."""
        bracket = _AT_ITS_END.search(self.sheet.low, group.rows[-1].body.start, group.at.end)
        if bracket is None:
            return False
        end = bracket.end("words")
        names, stop = self.scanner.names(bracket.start("words"), end)
        duty = re.compile(r"[ ,]*").match(self.sheet.low, stop, end)
        charged = cue("prose", "charged").match(self.sheet.low, duty.end() if duty else stop, end)
        if not names or charged is None:
            return False
        lead = mentions(self.scanner, names)
        times = (Span(*time.span("time")) for time in _ITS_TIME.finditer(self.sheet.low, charged.end(), end))
        values: Values = tuple(("time", (time,)) for time in times)
        coordinating = helpers(self.scanner, Span(charged.end(), end), lead)
        self._add(node, group.at, replace(here, lead=lead), coordinating, "line", values[:1])
        return True

    def _made(self, place: Span) -> Assignment | None:
        """The assignment of a sentence; the issuer's own "yêu cầu …" is read as its order."""
        for issuer in (*self.issuers, None):
            made = read_assignment(self.scanner, place, issuer)
            if made is None or not self._is_issuer(made):
                return made
        return made

    def _is_issuer(self, made: Assignment) -> bool:
        return any(self.sheet.low[unit.at.start : unit.at.end] in self.issuers for unit in made.lead)

    def _lays_on_itself(self, made: Assignment, here: Context) -> bool:
        """Whether the issuer is told to do a thing: "Giao Phòng X …" in its paper, or an item of the closing part."""
        start, named = made.at.start, made.lead
        words = self.sheet.low[start : named[0].at.start].strip(" -+•*")
        if words or not here.closing:
            return words.startswith(("giao", "phân công"))
        item = self.sheet.text[max(0, start - 6) : start].rstrip(" \t\u00a0*")[-1:] in (".", ")", "-", "+", "•")
        return item and not _ISSUES.match(self.sheet.low, named[-1].at.end)

    def _lays_nothing(self, made: Assignment, sentence: Span, here: Context) -> bool:
        low = self.sheet.low[sentence.start : sentence.end].strip()
        first = self.sheet.low[made.lead[0].at.start : made.lead[0].at.end]
        if made.heading or is_boilerplate(low) or (self._is_issuer(made) and not self._lays_on_itself(made, here)):
            return True
        if not made.firm and (low.endswith(("như sau:", "sau đây:", "như sau")) or _LEADS_IN.search(low)):
            return True
        public = cue("prose", "public").match(first)
        if public and here.closing:  # in the part that says who does what a business is told its duty
            public = cue("prose", "public").fullmatch(first) if "doanh nghiệp" not in first else None
        if cue("prose", "nobody").fullmatch(first) or (public and "báo cáo" not in low):
            return True
        led = self.sheet.low[made.lead[-1].at.end : made.lead[-1].at.end + 12].lstrip(" ,").startswith("chủ trì")
        return here.idle and not (low.lstrip(" -+").startswith("giao ") or led)

    # -- tables --------------------------------------------------------------------------------------------------

    def _tables(self) -> None:
        nodes = self.root.walk()[1:]
        starts = [node.start for node in nodes]
        for table in self.sheet.tables:
            index = bisect_right(starts, table.at.start) - 1
            section = nodes[index].id if index >= 0 else None
            self.found += table_tasks(self.sheet, table, section, self.calendar)

    # -- the finding ---------------------------------------------------------------------------------------------

    def _add(
        self,
        node: Node,
        at: Span,
        over: Context,
        coordinating: tuple[UnitMention, ...],
        origin: Origin | None,
        values: Values = (),
        *,
        sure: bool = True,
        said: Span | None = None,
    ) -> None:
        deadline: Deadline | None = None
        found: dict[str, Finding] = {}
        for role, places in values or self._label_lines(at):
            place = next((place for place in places if place.end > place.start), None)
            if place is not None and role == "time":
                deadline = deadline or stated(self.sheet.low, place, self.calendar)
            elif place is not None and role in ("product", "money"):
                found.setdefault(role, Finding(" ".join(place.of(self.sheet.text).split()).rstrip(" .;"), place))
        self.found.append(
            TaskFinding(
                "",
                node.id or None,
                at,
                over.mode,
                over.lead,
                coordinating,
                deadline or spoken(self.sheet.low, said or at, self.calendar),
                origin or ("organisation" if over.closing else "sentence"),
                found.get("product"),
                found.get("money"),
                sure,
            )
        )

    def _label_lines(self, at: Span) -> Values:
        """Label lines inside a task that is not itself of the form of label lines."""
        labels = (label for row in self.sheet.rows_in(at) for label in opens_block(self.sheet, row))
        return tuple((label.role, (label.value,)) for label in labels)


_AT_ITS_END = re.compile(r"\((?:giao |phân công )?(?P<words>[^()]{5,300})\)[ .;,/*_]*$")
_ITS_TIME = re.compile(rf"[;,][ ]*(?P<time>(?:{choice(cues()['time']['opens'])})(?!\w)[^;]*)")
# A line that begins with a body of an office and goes on in small letters behind its first comma.
_HELD = re.compile(
    r"(?:Phòng|Ban|Vụ|Cục|Chi cục|Trung tâm|Viện|Văn phòng|Tổ|Đội|Bộ phận|Khoa)[ ][^,:;.()\n]{2,60},[ ](?=[^\W\d_A-ZĐ])"
)
_COMMA = re.compile(r",[ ][^\W\d_]+")
_LEADS_IN = re.compile(r"(?<!\w)(?:yêu cầu|đề nghị|chỉ thị|chỉ đạo|kết luận|giao nhiệm vụ)[^.;:]{0,60}:$")
_ISSUES = re.compile(r"[ ,]*(?:yêu cầu|đề nghị|thông báo|ban hành|kính|trân trọng|quyết định|đã)(?!\w)")

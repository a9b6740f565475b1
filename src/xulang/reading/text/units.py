"""Names of bodies: where one begins, where it ends, and where the next of a list begins.

A name is a head ("Sở", "UBND", "các"), its own words, and where it belongs ("tỉnh Sơn Khê", "liên quan"). It ends at a
mark, at a verb or adverb in small letters, or at a conjunction that opens the next name.
"""

import re
from dataclasses import dataclass, replace

from xulang.reading.text.level import UPPER
from xulang.reading.text.lexicon import lexicon
from xulang.reading.text.phrases import Found
from xulang.reading.text.sets import has_set
from xulang.reading.text.spans import Span, trimmed


@dataclass(frozen=True, slots=True)
class Name:
    """A body, or a set of bodies, as the text names it."""

    at: Span
    group: bool
    known: bool  # begins as the name of a body does; False where only the place in a list says so
    whole: bool = False  # told in full, so that a small word behind it is another's
    kind: Span | None = None  # the word for its kind where that is told once before a list: "Các sở: Y tế, Tài chính"


MAX_NAME = 220  # code points; a longer one is prose
_FIRST = re.compile(r"\w+")
_BLANK = re.compile(r"[ \n\t]*")
_WORD = re.compile(r"[\w&./'\"]*[\w\"]")
_JOIN = re.compile(r"[ ]*(?:[,;]|(?<!\w)và(?!\w)|/|&)[ ]*")
_SEPARATOR = re.compile(r"[ \n\t]*(?:[;,][ \n\t]*(?:(?:và|cùng|cùng với)[ ]+)?|và[ ]+|cùng với[ ]+|[-+•][ ]+)")
# "được giao nhiệm vụ … tại Phụ lục kèm theo Kế hoạch này" tells which bodies of a set are meant.
_GIVEN = re.compile(
    r"[ ]+được (?:giao|phân công)(?: nhiệm vụ| chủ trì| phối hợp)?[^.;:]{0,120}?"
    r"(?:(?:kế hoạch|quyết định|phụ lục|chương trình|đề án|văn bản|chỉ thị|công văn) này"
    r"|tại (?:khoản \d+,? )?điều \d+)(?!\w)"
)
# A name that ends so is whole: "… tỉnh Sơn Khê". "xã hội", "tỉnh ủy" are no places.
_WHOLE = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|việt nam)$")
_NO_PLACE = re.compile(r"[ ](?:hội|ủy|đoàn|đội|lộ|lỵ|viên)(?!\w)")
# What a post is in charge of, over the work it is to do: "Phó Hiệu trưởng phụ trách chuyên môn:".
_IN_CHARGE = re.compile(r"[ ]phụ trách [^,.;:()\n]{2,50}(?=[ ]*(?::|$))")
_NUMBERED = re.compile(r"[ ](?:số[ ])?\d")
# What "phối hợp với" or "các" goes on with and what is no body.
_NO_BODY = re.compile(
    r"(?:nội dung|nhiệm vụ|hoạt động|công việc|việc|biện pháp|giải pháp|chỉ tiêu|quy định|văn bản|kế hoạch|chương trình"
    r"|đề án|dự án|nghị quyết|nghị định|luật|chỉ thị|thông tư|quyết định|công văn|vấn đề|lĩnh vực|khu vực|hình thức"
    r"|chính sách|trường hợp|tuyến|điểm|hồ sơ|vụ|mô hình|ngày|tháng|năm|quý|phụ lục|điều|mục|khoản)(?!\w)"
)
_AT_WORK = re.compile(r"(?<!\w)(?:hoạt động|kinh doanh|sản xuất|đầu tư)$")
_WHERE = re.compile(r"(?:trong|tại|trên)(?!\w)")
_BULLET = re.compile(r"(?:[-+•*][ ]+)?")
_OVER = re.compile(r"[ ]*(?:[:(\n]|[.;]?[ ]*$)")  # where a name is over
_BESIDE = re.compile(r"[ ]*[,-][ ]*")
_KIND = re.compile(r"(?P<several>các[ ]+)?(?P<kind>sở|bộ|phòng|ban|cục|vụ)(?:[ ]*:)?[ ]+")
_ARMED = ("công an", "quốc phòng")  # "Công an tỉnh" is no department
_AND = re.compile(r"và(?!\w)")
_NUMBER = re.compile(r"\d{1,2}(?![\w/.])")
_BRACKET = re.compile(r"[ ]*\([^()]{0,300}\)")


class Scanner:
    """Reads names out of one text. `text` is as written, `low` is `level(text)`.

    `bounded` is for a place that holds nothing but names, so that fewer words can end one; `breaks` are where its
    further paragraphs begin.
    """

    def __init__(self, text: str, low: str, *, bounded: bool = False, breaks: tuple[int, ...] = ()) -> None:
        self.text, self.low, self.lex, self.bounded, self.breaks = text, low, lexicon(), bounded, breaks
        self.end = self.lex.role if bounded else self.lex.end
        self.learned: tuple[
            str, ...
        ] = ()  # names with commas, in level text, that the paper tells elsewhere by themselves

    def name(self, start: int, end: int) -> Name | None:
        """The name that begins exactly at `start`, or None."""
        lex, low = self.lex, self.low
        first = _FIRST.match(low, start, end)
        if first is None or first.group() not in lex.firsts:
            return None
        for known in self.learned:
            if low.startswith(known, start) and not low[start + len(known) : start + len(known) + 1].isalnum():
                return Name(Span(start, start + len(known)), group=False, known=True, whole=True)
        place = start
        pair = lex.pair.match(low, place, end)
        if pair:
            return Name(Span(start, pair.end()), group=True, known=True)
        quantifier = None if lex.head.match(low, place, end) else lex.quantifier.match(low, place, end)  # "Liên đoàn …"
        if quantifier:
            place = _BLANK.match(low, quantifier.end(), end).end()  # type: ignore[union-attr]  # matches always
            common = self._commons(place, end, quantified=True)
            if common is not None:
                return self._finish(start, common, end, group=True)
        post = lex.post.match(low, place, end)
        if post:
            return self._person(self._post(start, post.end(), end, group=bool(quantifier)), end)
        staff = None if quantifier else lex.staff.match(low, place, end)
        if staff and self._proper_follows(staff.end(), end):
            return self._finish(start, staff.end(), end, group=False)
        head = lex.head.match(low, place, end)
        if head and not quantifier and self._looks_common(place, end):
            common = self._commons(place, end, quantified=False)
            if common is not None:
                return self._finish(start, common, end, group=True)
        if head:
            return self._finish(start, head.end(), end, group=bool(quantifier))
        return None if quantifier else self._other(start, end)

    def _other(self, start: int, end: int) -> Name | None:
        """A set without "các", a body that a common noun names, one whose head counts only with a capital."""
        common = self._commons(start, end, quantified=False)
        if common is not None and self._set_without_quantifier(start, common):
            return self._finish(start, common, end, group=True)
        generic = self.lex.generic.match(self.low, start, end)
        if generic:
            return self._finish(start, generic.end(), end, group=True)
        proper = self.lex.proper.match(self.low, start, end) if self.text[start].isupper() else None
        return self._finish(start, proper.end(), end, group=False) if proper else None

    def names(self, start: int, end: int, *, loose: bool = False, named: bool = False) -> tuple[list[Name], int]:
        """The list of names that begins at `start`, and where it ends.

        `loose` takes unknown words between the marks of the list as names too, for a place that holds nothing else;
        `named` what begins with a capital or "các", for a place where a name must come ("phối hợp với …").
        """
        found: list[Name] = []
        place = _BLANK.match(self.low, start, end).end()  # type: ignore[union-attr]  # matches always
        stop = start
        while place < end:
            shared = self._of_one_kind(place, end)
            if shared:
                found += shared
                stop = shared[-1].at.end
                separator = _SEPARATOR.match(self.low, stop, end)
                if not separator:
                    break
                place = separator.end()
                continue
            name = self.name(place, end)
            if name is None and loose:
                name = self._loose(place, end)
            if name is None and named:
                name = self._unknown(place, end)
            if name is None:
                break
            found.append(name)
            stop = name.at.end
            bracket = _BRACKET.match(self.low, stop, end)
            if bracket:
                stop = bracket.end()
            separator = _SEPARATOR.match(self.low, stop, end)
            if not separator:
                break
            place = separator.end()
        return found, stop

    def _of_one_kind(self, place: int, end: int) -> list[Name]:
        """ "Các Sở: Y tế, Xây dựng và Tài chính": a name for each field, where two and more follow the kind."""
        kind = _KIND.match(self.low, place, end)
        found: list[Name] = []
        start = kind.end() if kind else end
        while kind and start < end and self.text[start].isupper():
            domain = self.lex.domain.match(self.low, start, end)
            if domain is None or (domain.group() in _ARMED and kind["kind"] != "bộ"):
                break
            at, of = Span(start, domain.end()), Span(*kind.span("kind"))
            if not found and not kind["several"]:  # "Sở Y tế, Tài chính": the first has its kind beside it
                found.append(Name(Span(of.start, at.end), group=False, known=True, whole=True))
            else:
                found.append(Name(at, group=False, known=True, whole=True, kind=of))
            separator = _SEPARATOR.match(self.low, at.end, end)
            start = separator.end() if separator else end
        return found if len(found) > 1 else []

    def _post(self, start: int, place: int, end: int, *, group: bool) -> Name | None:
        """A post and its body: "Chủ tịch UBND các xã", "Lãnh đạo Sở Y tế", "Thủ trưởng các cơ quan, đơn vị"."""
        inner = _BLANK.match(self.low, place, end).end()  # type: ignore[union-attr]  # matches always
        body = self.name(inner, end)
        if body is not None:
            charge = _IN_CHARGE.match(self.low, body.at.end, end)
            return replace(body, at=Span(start, charge.end() if charge else body.at.end), group=group or body.group)
        charge = _IN_CHARGE.match(self.low, place, end)
        if charge:
            return Name(Span(start, charge.end()), group, known=True)
        if self.low[start:place].endswith(("lãnh đạo", "đại diện")):
            return None  # "Lãnh đạo công tác …", the verb
        return self._finish(start, place, end, group=group)

    def _person(self, name: Name | None, end: int) -> Name | None:
        """A person with the posts told behind the name; it is for people to say which unit is meant."""
        if name is None or name.group or not self.lex.person.match(self.low, name.at.start, name.at.end):
            return name
        stop = name.at.end
        while beside := _BESIDE.match(self.low, stop, end):
            rank = self.lex.rank.match(self.low, beside.end(), end)
            post = self.lex.post.match(self.low, beside.end(), end)
            if rank and not (post and len(post.group()) > len(rank.group())):
                stop = rank.end()
            elif post and not self.lex.person.match(self.low, beside.end(), end):
                after = self._post(beside.end(), post.end(), end, group=False)
                if after is None:
                    break
                stop = after.at.end
            else:
                break
        return name if stop == name.at.end else Name(Span(name.at.start, stop), group=False, known=False, whole=True)

    def _commons(self, place: int, end: int, *, quantified: bool) -> int | None:
        """Past a row of common nouns ("sở, ban, ngành và địa phương"), or None where none begins here."""
        match = self.lex.common.match(self.low, place, end)
        if not match or (quantified and match.group() in _HEADS and self._proper_follows(match.end(), end)):
            return None
        kinds = match.group() in self.lex.kinds
        begun, place = place, match.end()
        while True:
            join = _JOIN.match(self.low, place, end)
            after = self.lex.common.match(self.low, join.end(), end) if join else None
            if not join or not after or ";" in join.group() or self._opens_name(join.end(), end):
                return place
            generic = self.lex.generic.match(self.low, join.end(), end)
            if generic and generic.group().count(" ") > 2 and "và" in join.group():
                return place  # "… và chính quyền địa phương"
            named = self._proper_follows(after.end(), end) or _NUMBERED.match(self.low, after.end(), end)
            apart = named and self.text[join.end()].isupper() and self.text[begun].islower()
            if not quantified and (apart or (kinds and after.group() not in self.lex.kinds)):
                return place  # "UBND phường, Tổ dân phố số 7" are two
            place = after.end()

    def _opens_name(self, place: int, end: int) -> bool:
        """Whether a body of its own begins here, not one more common noun: "…, UBND các xã", "… và Công an tỉnh"."""
        head = self.lex.head.match(self.low, place, end)
        if not head:
            return False
        return self.text[place].isupper() and (" " in head.group() or self._proper_follows(head.end(), end))

    def _proper_follows(self, place: int, end: int) -> bool:
        blank = _BLANK.match(self.low, place, end)
        at = blank.end() if blank else place
        return at < end and self.text[at].isupper()

    def _looks_common(self, place: int, end: int) -> bool:
        """A set that needs no "các": "Cơ quan, đơn vị", "Sở, ban, ngành"."""
        first = self.lex.common.match(self.low, place, end)
        join = _JOIN.match(self.low, first.end(), end) if first else None
        after = self.lex.common.match(self.low, join.end(), end) if join else None
        return bool(after) and not self._opens_name(join.end(), end)  # type: ignore[union-attr]

    def _set_without_quantifier(self, start: int, stop: int) -> bool:
        words = self.low[start:stop]
        return "," in words or words in ("địa phương", "đơn vị", "cơ quan", "nhà trường", "chủ đầu tư")

    def _unknown(self, place: int, end: int) -> Name | None:
        """A body whose kind is not known: "Chủng viện Hòa Bình", "các nhà khoa học"."""
        quantifier = self.lex.quantifier.match(self.low, place, end)
        start = _BLANK.match(self.low, quantifier.end(), end).end() if quantifier else place  # type: ignore[union-attr]
        word = _WORD.match(self.low, start, end)
        if word is None or _NO_BODY.match(self.low, start, end) or self.end.match(self.low, start, end):
            return None
        if not quantifier and not (self.text[place].isupper() and self._proper_or_name(word.end(), end)):
            return None
        return replace(self._finish(place, word.end(), end, group=bool(quantifier)), known=False)

    def _proper_or_name(self, place: int, end: int) -> bool:
        """Whether one more word of a name stands here: not the first word of a sentence."""
        after = _BLANK.match(self.low, place, end).end()  # type: ignore[union-attr]  # matches always
        return after < end and self.text[after].isalpha() and not self.end.match(self.low, after, end)

    def _loose(self, place: int, end: int) -> Name | None:
        stop = place
        while stop < end and self.low[stop] not in ",;\n":
            stop += 1
        at = trimmed(self.text, place, min(stop, place + MAX_NAME), " .\t\n-+")
        verb = self.lex.end.match(self.low, place, stop)
        if verb and self.low.count(" ", verb.end(), at.end) > 2:
            return None  # "… Sở Công Thương. Hoàn thành trong quý II."
        return Name(at, group=False, known=False) if at.end > at.start else None

    def _finish(self, start: int, place: int, end: int, *, group: bool) -> Name:
        """The rest of a name whose first words end at `place`."""
        limit, begun = min(end, start + MAX_NAME), place
        whole = self.low[start:place] in self.lex.complete
        if self.low[start:place] in self.lex.teams:  # "Tổ bảo vệ niêm yết …"
            trade = self.lex.end.match(self.low, place + 1, limit)
            place = trade.end() if trade and trade.group() not in self.lex.duties else place
        if self._proper_follows(place, limit):
            domain = self.lex.domain.match(self.low, place + 1, limit)
            whole = bool(domain) and self.low[start:place] in ("sở", "bộ")
            place = domain.end() if domain else place
        clause = _GIVEN.match(self.low, place, limit) if group else None
        place = clause.end() if clause else place
        while place < limit:
            if whole and not group and not has_set(self.low[start:place]) and self._another_word(place, limit):
                break
            if whole and self.bounded and self._proper_follows(place, limit) and self.body_begins(place + 1, limit):
                break
            step = self._step(place, limit, group=group)
            if step is None or (place > begun and self._breaks(place, limit)):
                break
            whole = self._is_place(start, step) or (whole and self._proper_follows(place, step))
            place = step
        again = self._kind_again(start, place) if self.bounded and not group else place
        at = trimmed(self.text, start, again, ' \t\n,;.:-"')
        return Name(at, group or has_set(self.low[at.start : at.end]), known=True, whole=whole)

    def _breaks(self, place: int, limit: int) -> bool:
        """Whether a further paragraph of a cell begins here, and with a name."""
        if place + 1 not in self.breaks:
            return False
        return self.name_begins(_BULLET.match(self.low, place + 1, limit).end(), limit)  # type: ignore[union-attr]  # always

    def _is_place(self, start: int, stop: int) -> bool:
        """Whether a name that ends here has told where its body belongs."""
        return bool(_WHOLE.search(self.low[max(start, stop - 12) : stop])) and not _NO_PLACE.match(self.low, stop)

    def _another_word(self, place: int, limit: int) -> bool:
        """Whether behind a whole name a small word stands that no name goes on with."""
        after = _BLANK.match(self.low, place, limit).end()  # type: ignore[union-attr]  # matches always
        if after >= limit or not self.text[after].islower() or _AND.match(self.low, after, limit):
            return False
        goes_on = (self.lex.belonging, self.lex.inside_small, self.lex.quantifier, self.lex.common, self.lex.place)
        return not any(words.match(self.low, after, limit) for words in goes_on)

    def body_begins(self, place: int, limit: int) -> bool:
        """Whether what stands here can only be a body, and no place that is called like one ("xã Trường Sơn")."""
        head = self.lex.head.match(self.low, place, limit)
        if head is None:
            return False
        return " " in head.group() or bool(self.lex.domain.match(self.low, head.end() + 1, limit))

    def _kind_again(self, start: int, end: int) -> int:
        """Where the kind of body comes again with a capital: two names in two lines of a cell, with no mark."""
        kind = self.lex.head.match(self.low, start, end)
        found = re.compile(rf"[ ]{re.escape(kind.group())}[ ]").search(self.low, start, end) if kind else None
        return found.start() if found and self.text[found.start() + 1].isupper() else end

    def _step(self, place: int, limit: int, *, group: bool) -> int | None:
        """One word further in a name, or None where the name is over."""
        char = self.low[place]
        if char in ";:.()":
            return None
        if char == ",":
            return self._over_comma(place, limit, group=group)
        if char in " \n\t":
            after = _BLANK.match(self.low, place, limit).end()  # type: ignore[union-attr]  # matches always
            if after >= limit:
                return None
            if self.low[after] == "-":  # at the head of a line it is a bullet
                return None if "\n" in self.low[place:after] else self._over_dash(after, limit)
            return self._over_word(after, limit, group=group)
        if self.text[place].isupper():
            return self._over_word(place, limit, group=group)
        word = _WORD.match(self.low, place, limit)
        return word.end() if word else place + 1

    def _over_word(self, place: int, limit: int, *, group: bool) -> int | None:
        if self.low[place] in ";:.(),":
            return self._step(place, limit, group=group) if self.low[place] == "," else None
        insides = self.lex.inside if self.text[place].isupper() else self.lex.inside_small
        inside = insides.match(self.low, place, limit)
        if inside:
            return inside.end()
        if self.text[place].islower():
            if _AND.match(self.low, place, limit):
                return self._over_and(place, limit, group=group)
            set_ = self._set_inside(place, limit)
            if set_ is not None:
                return set_
            belonging = self.lex.belonging.match(self.low, place, limit)
            if belonging:
                after_all = belonging.group() == "trên địa bàn" and self.low[
                    max(0, place - 12) : place
                ].rstrip().endswith("liên quan")
                return None if after_all else belonging.end()
            verb = self.end.match(self.low, place, limit)
            if verb:
                if not group and (closed := self._closer(place, limit)):
                    return closed
                return self._trade(place, limit)
        elif verb := self._two_words(place, limit):
            return verb.end()
        word = _WORD.match(self.low, place, limit)
        return word.end() if word else None

    def _two_words(self, place: int, limit: int) -> Found | None:
        """A verb of two words with a capital, both of the name: "Cục Quản lý và Xây dựng công trình"."""
        verb = self.lex.end.match(self.low, place, limit)
        return verb if verb and " " in verb.group() else None

    def _closer(self, place: int, limit: int) -> int | None:
        """Past a word of work that ends a name, since it has nothing to work on: "Phòng Kế hoạch tổng hợp,"."""
        closer = self.lex.closer.match(self.low, place, limit)
        if not closer or _OVER.match(self.low, closer.end(), limit):
            return closer.end() if closer else None
        joint = _SEPARATOR.match(self.low, closer.end(), limit)
        return closer.end() if joint and self.name_begins(joint.end(), limit) else None

    def _trade(self, place: int, limit: int) -> int | None:
        """Past a verb that tells a private body's trade, not its duty: "doanh nghiệp cung cấp …"."""
        before = self.low.rfind("\n", 0, place) + 1
        words = self.low[max(before, place - 30) : place].rstrip()
        trade = self.lex.trade.match(self.low, place, limit)
        if trade is None:  # "doanh nghiệp hoạt động trong khu công nghiệp"
            where = _WHERE.match(self.low, place, limit)
            return where.end() if where and _AT_WORK.search(words) else None
        heads = (words[cut:] for cut in range(len(words)) if not cut or words[cut - 1] == " ")
        return trade.end() if any(self.lex.private.fullmatch(head) for head in heads) else None

    def _set_inside(self, place: int, limit: int) -> int | None:
        """Past "các xã, phường" inside a name."""
        quantifier = self.lex.quantifier.match(self.low, place, limit)
        if not quantifier:
            common = self.lex.common.match(self.low, place, limit)
            return (
                self._commons(place, limit, quantified=False) if common and common.group() in self.lex.kinds else None
            )
        after = _BLANK.match(self.low, quantifier.end(), limit).end()  # type: ignore[union-attr]  # matches always
        return self._commons(after, limit, quantified=False)

    def _over_dash(self, place: int, limit: int) -> int | None:
        """ "Lao động - Thương binh", "Xuân Hương - Đà Lạt": on where a capital follows."""
        after = _BLANK.match(self.low, place + 1, limit).end()  # type: ignore[union-attr]  # matches always
        word = _WORD.match(self.low, after, limit)
        return word.end() if word and self.text[after].isupper() else None

    def _over_comma(self, place: int, limit: int, *, group: bool) -> int | None:
        """On over a comma only where it stands inside one name: "Văn hóa, Thể thao và Du lịch"."""
        after = _BLANK.match(self.low, place + 1, limit).end()  # type: ignore[union-attr]  # matches always
        number = _NUMBER.match(self.low, after, limit)
        if number and self.low[place - 1].isdigit():
            return number.end()  # "các tổ 3, 4", "GVCN khối 1, 2"
        if after >= limit or self.name_begins(after, limit):
            return None
        if not self.text[after].isupper():  # in a place that holds nothing but names: "Phòng Giám sát, thẩm định và …"
            work = self.lex.end.match(self.low, after, limit) if self.bounded and not group else None
            return work.end() if work and not self.end.match(self.low, after, limit) else None
        listed = self.low.find("các ", max(0, place - 60), place) >= 0
        more = _PLACE_NAME.match(self.text, after, limit) if listed else None
        if more and _PLACES.search(self.text, max(0, place - 60), place):  # "UBND các xã Trịnh Tường, Cốc Mỳ"
            return more.end()
        if group:
            return None
        rest = _NAME_TAIL.match(self.text, after, limit)
        return rest.end() if rest else None

    def _over_and(self, place: int, limit: int, *, group: bool) -> int | None:
        after = _BLANK.match(self.low, place + 2, limit).end()  # type: ignore[union-attr]  # matches always
        if after >= limit or self.name_begins(after, limit):
            return None
        if self.text[after].islower() and (self.end.match(self.low, after, limit) or group):
            return None
        word = None
        if self.text[after].isupper():
            word = self.lex.inside.match(self.low, after, limit) or self._two_words(after, limit)
        word = word or _WORD.match(self.low, after, limit)  # type: ignore[assignment]  # both tell where they end
        return word.end() if word else None

    def name_begins(self, place: int, limit: int) -> bool:
        """Whether a body of its own begins at this place."""
        quantifier = self.lex.quantifier.match(self.low, place, limit)
        if quantifier:
            place = _BLANK.match(self.low, quantifier.end(), limit).end()  # type: ignore[union-attr]  # matches always
            return bool(self.lex.common.match(self.low, place, limit) or self.lex.head.match(self.low, place, limit))
        if self.lex.post.match(self.low, place, limit):
            return True
        if self.lex.generic.match(self.low, place, limit):
            return True
        if place < limit and self.text[place].isupper() and self.lex.proper.match(self.low, place, limit):
            return True
        return bool(self.lex.head.match(self.low, place, limit)) and (
            self.text[place].isupper() or self._proper_follows(place, limit)
        )


# A common noun that is the head of one body's name as well: "các Sở Nội vụ, Tài chính".
_HEADS = frozenset(
    ("sở", "phòng", "ban", "bộ", "hội", "trường", "cục", "vụ", "viện", "đài", "báo", "trung tâm", "công ty")
)
# "Thể thao và Du lịch" after a comma: capitals up to "và" and one more word with a capital.
_NAME_TAIL = re.compile(
    rf"(?:[{UPPER}]\w*(?:[ ]\w+){{0,3}}?,[ ])?[{UPPER}]\w*(?:[ ]\w+){{0,3}}?[ ](?:và|&|[-–])[ ](?=[{UPPER}])"
    r"|(?:Truyền hình|truyền hình)"
)
# A place among others of one kind, and those before it.
_PROPER = rf"[{UPPER}]\w*(?:[ ][{UPPER}]\w*){{0,3}}"
_PLACE_NAME = re.compile(rf"{_PROPER}(?=[ ]*[,.;:()\n]|[ ]*$|[ ][^\W\d_])")
_PLACES = re.compile(
    r"các (?:tỉnh|thành phố|xã|phường|huyện|quận|thôn|bản|xóm|ấp|tổ|khu phố|trường|địa phương)"
    rf"(?:, (?:phường|thành phố|xã|đặc khu))?[: ]+(?:{_PROPER}, )*{_PROPER}$"
)

"""The reading contract, strictly: every key, every value, every place of an object that `xulang read` prints."""

import re
import unicodedata
from typing import Any

CODES = {
    "unreadable", "encrypted", "too_large", "empty", "secret", "ocr", "handwritten", "repaired", "doubtful", "missing",
}  # fmt: skip
NOTHING_READ = {"unreadable", "encrypted", "too_large", "empty", "secret"}
HEADER = ("issuer", "superior", "number", "symbol", "place", "date", "type", "title")
_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_POINT = rf"\d{{4}}(-{_MONTH}(-{_DAY})?|-Q[1-4])?"
_DATE = re.compile(rf"\d{{4}}(-{_MONTH}(-{_DAY})?)?")
_BY = re.compile(rf"{_POINT}(/{_POINT})?")
_WITHIN = {
    "year": re.compile(rf"[+-]?{_MONTH}(-{_DAY})?"),
    "half": re.compile(rf"[+-]?({_MONTH}-)?{_DAY}"),
    "quarter": re.compile(rf"[+-]?({_MONTH}-)?{_DAY}"),
    "month": re.compile(rf"[+-]?{_DAY}"),
    "week": re.compile(r"[+-]?[1-7]"),
}
_DURATION = re.compile(r"P(\d+[DWMY]|T\d+[HM])")


def breaches(reading: dict[str, Any]) -> list[str]:
    """What of an object is not as the contract has it; nothing where all is."""
    found = _Breaches(reading)
    found.whole()
    return found.told


class _Breaches:
    def __init__(self, reading: dict[str, Any]) -> None:
        self.reading = reading
        self.text = reading.get("text", "")
        self.told: list[str] = []

    def ask(self, good: object, what: str) -> None:
        if not good:
            self.told.append(what)

    def keys(self, at: str, thing: dict[str, Any], must: str, may: str = "") -> None:
        missing, strange = set(must.split()) - set(thing), set(thing) - set(f"{must} {may}".split())
        self.ask(not missing, f"{at}: without {sorted(missing)}")
        self.ask(not strange, f"{at}: strange {sorted(strange)}")
        self.ask(thing.get("sure") in (None, False), f"{at}: sure is printed only where it is false")

    def place(self, at: str, place: object) -> str:
        """The words at a place of the text."""
        good = (
            isinstance(place, list)
            and len(place) == 2
            and all(isinstance(n, int) for n in place)
            and 0 <= place[0] < place[1] <= len(self.text)
        )
        self.ask(good, f"{at}: {place} is no place of the text")
        return self.text[place[0] : place[1]] if good else ""  # type: ignore[index]

    def finding(self, at: str, found: Any) -> None:
        if found is None:
            return
        self.keys(at, found, "value at", "repaired_from completed_from sure")
        self.ask(isinstance(found["value"], str) and found["value"].strip(), f"{at}: no value")
        words = self.place(at, found["at"])
        self.ask(words == words.strip(), f"{at}: {words!r} begins or ends with a blank")
        if "completed_from" in found:
            self.place(f"{at}.completed_from", found["completed_from"])

    def whole(self) -> None:
        reading, text = self.reading, self.text
        self.keys(
            "reading",
            reading,
            "schema source text header citations sections tasks funding signature recipients warnings",
        )
        self.ask(reading["schema"] == "xulang.reading/1", "schema")
        self.keys("source", reading["source"], "name media_type sha256 pages ocr")
        self.ask(re.fullmatch(r"[0-9a-f]{64}", reading["source"]["sha256"]), "source.sha256")
        self.ask(reading["source"]["pages"] is None or reading["source"]["pages"] > 0, "source.pages")
        self.ask(isinstance(reading["source"]["ocr"], bool), "source.ocr")
        self.ask(text == unicodedata.normalize("NFC", text), "text is not NFC")
        self.ask("\r" not in text, "text has carriage returns")
        self.header()
        self.citations()
        self.sections()
        self.tasks()
        for n, rule in enumerate(reading["funding"]):
            self.keys(f"funding {n}", rule, "text at section")
            self.ask(self.place(f"funding {n}", rule["at"]) == rule["text"], f"funding {n}: other words")
            self.section(f"funding {n}", rule["section"])
        self.keys("signature", reading["signature"], "lines name")
        self.finding("signature.name", reading["signature"]["name"])
        for name, row in (("signature.lines", reading["signature"]["lines"]), ("recipients", reading["recipients"])):
            for n, found in enumerate(row):
                self.finding(f"{name} {n}", found)
            self.ask([f["at"] for f in row] == sorted(f["at"] for f in row), f"{name}: not in order")
        for found in reading["recipients"]:
            self.ask(not re.search(r"^[-–+]\s|[;,]$", found["value"]), f"recipient {found['value']!r} keeps its marks")
        self.warnings()

    def header(self) -> None:
        header = self.reading["header"]
        self.keys("header", header, " ".join((*HEADER, "addressees")))
        for name in HEADER:
            self.finding(f"header.{name}", header[name])
        for n, found in enumerate(header["addressees"]):
            self.finding(f"addressee {n}", found)
        if header["date"]:
            self.ask(_DATE.fullmatch(header["date"]["value"]), f"header.date {header['date']['value']}")
        if header["type"]:
            self.ask(re.fullmatch(r"[A-ZĐ][A-Za-zĐ]{0,4}", header["type"]["value"]), "header.type")

    def citations(self) -> None:
        for n, cited in enumerate(self.reading["citations"]):
            at = f"citation {n} {cited.get('code')}"
            self.keys(at, cited, "code number symbol type date issuer title relation at", "sure repaired_from")
            self.ask(not re.search(r"\s", cited["code"]), f"{at}: blanks in the code")
            self.ask(cited["relation"] in ("implements", "basis", "amends", "replaces", "mentions"), f"{at}: relation")
            self.ask(cited["date"] is None or _DATE.fullmatch(cited["date"]), f"{at}: date {cited['date']}")
            self.ask(cited["at"], f"{at}: stands nowhere")
            for place in cited["at"]:
                self.place(at, place)
        codes = [c["code"].casefold() for c in self.reading["citations"]]
        self.ask(len(codes) == len(set(codes)), "a document is cited twice")

    def sections(self) -> None:
        ids = [s["id"] for s in self.reading["sections"]]
        self.ask(len(ids) == len(set(ids)), "ids of sections repeat")
        known = {s["id"]: s for s in self.reading["sections"]}
        for section in self.reading["sections"]:
            at = f"section {section.get('id')}"
            self.keys(at, section, "id label depth title parent at")
            words = self.place(at, section["at"])
            self.ask(not words or "".join(words.split()).startswith("".join(section["label"].split())), f"{at}: label")
            self.ask(section["id"] == section["id"].strip(" .)"), f"{at}: closing marks")
            if section["parent"] is None:
                self.ask(section["depth"] == 1, f"{at}: depth {section['depth']} without parent")
            elif outer_section := known.get(section["parent"]):
                outer = outer_section["at"]
                self.ask(section["depth"] == outer_section["depth"] + 1, f"{at}: depth {section['depth']}")
                self.ask(outer[0] <= section["at"][0] and section["at"][1] <= outer[1], f"{at}: not in its parent")
            else:
                self.ask(False, f"{at}: no parent {section['parent']}")

    def section(self, at: str, name: str | None) -> None:
        self.ask(name is None or any(s["id"] == name for s in self.reading["sections"]), f"{at}: no section {name}")

    def tasks(self) -> None:
        end = 0
        self.ask(len({t["id"] for t in self.reading["tasks"]}) == len(self.reading["tasks"]), "ids of tasks repeat")
        for task in self.reading["tasks"]:
            at = f"task {task.get('id')}"
            self.keys(
                at,
                task,
                "id section at text mode lead coordinating deadline product money origin",
                "sure",
            )
            self.ask(self.place(at, task["at"]) == task["text"], f"{at}: other words")
            self.ask(task["at"][0] >= end, f"{at}: overlaps")
            end = task["at"][1]
            self.section(at, task["section"])
            self.ask(task["mode"] in ("order", "request"), f"{at}: mode")
            self.ask(task["origin"] in ("line", "sentence", "table", "organisation"), f"{at}: origin")
            for unit in (*task["lead"], *task["coordinating"]):
                self.keys(f"{at} unit", unit, "value at group", "sure completed_from")
                self.ask(isinstance(unit["value"], str) and unit["value"], f"{at}: a unit without a name")
                self.ask(isinstance(unit["group"], bool), f"{at}: group")
                self.place(f"{at} unit", unit["at"])
            for name in ("product", "money"):
                self.finding(f"{at} {name}", task[name])
            self.deadline(at, task["deadline"])

    def deadline(self, at: str, due: dict[str, Any]) -> None:
        self.keys(f"{at} deadline", due, "kind value every at", "sure")
        kind, value, every = due["kind"], due["value"], due["every"]
        if due["at"] is not None:
            self.place(f"{at} deadline", due["at"])
        good = {
            "ongoing": value is None,
            "none": value is None and due["at"] is None,
            "date": bool(value and _BY.fullmatch(value)) and due["at"] is not None,
            "relative": value is None or bool(_DURATION.fullmatch(value)),
            "recurring": every in _WITHIN and (value is None or bool(_WITHIN[every].fullmatch(value))),
        }
        self.ask(good.get(kind), f"{at}: deadline {due}")
        self.ask((every is None) == (kind != "recurring"), f"{at}: every {every} with {kind}")

    def warnings(self) -> None:
        codes = [w["code"] for w in self.reading["warnings"]]
        self.ask(set(codes) <= CODES, f"warnings {set(codes) - CODES}")
        for warning in self.reading["warnings"]:
            self.keys("warning", warning, "code message at")
            self.ask(warning["message"].strip().endswith((".", "!")), f"{warning['message']!r} is no sentence")
            if warning["at"] is not None:
                self.place("warning", warning["at"])
        if NOTHING_READ & set(codes):
            empty = not self.text and not any(self.reading[k] for k in ("citations", "sections", "tasks", "recipients"))
            self.ask(empty and not any(self.reading["header"].values()), f"{codes}, and yet findings")
        else:
            self.ask(self.text.strip() or codes, "nothing read and nothing said")

"""A made-up province for the load proof, and people who work in it by HTTP.

`python -m proofs._load UNITS ASSIGNMENTS` fills the empty database that XULANG_DATABASE_URL names. A `Visitor` is one
person at one browser: it logs in by password, keeps cookies, sends each form with its tokens, and thinks in between.
"""

import datetime as dt
import http.client
import itertools
import random
import re
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

SEED = 20260701
PASSWORD = "mỗi người một câu đủ dài"  # noqa: S105 (of made-up people)
WRITE_EVERY = 10  # one request in ten files a report
HANOI = dt.timezone(dt.timedelta(hours=7))
WORDS = ["tuyên truyền", "lễ hội", "chuyển đổi số", "bảo vệ di tích", "tập huấn", "đón đoàn", "kiểm tra", "sản phẩm"]


def seed(units: int, assignments: int, now: dt.datetime) -> None:
    """A province of so many communes, an officer in each, one programme whose every task is given to them all."""
    from django.contrib.auth.hashers import make_password
    from django.db import connection

    from xulang.organisation.enums import Role
    from xulang.organisation.models import Person, Post, PostHolding, Unit, UnitName, UnitParent
    from xulang.plumbing import searching
    from xulang.plumbing.models import StoredFile
    from xulang.programme.enums import Cadence, EntryKind, Mode, ProgrammeState, TaskState, UnitRole
    from xulang.programme.models import Assignment, Entry, ExpectedReport, Programme, Task, TaskSource
    from xulang.programme.periods import periods, regime_on
    from xulang.registry.enums import DirectiveState
    from xulang.registry.models import Directive, Distribution, Passage

    began, chance = dt.date(2025, 7, 1), random.Random(SEED)
    home = Unit.objects.create(kind="ubnd_tinh", tree="STATE", begins=began)
    communes = Unit.objects.bulk_create(Unit(kind="xa", tree="STATE", begins=began) for _n in range(units))
    UnitName.objects.create(unit=home, name="Ủy ban nhân dân tỉnh Mường Hoa", valid_from=began)
    UnitName.objects.bulk_create(
        UnitName(unit=unit, name=f"Ủy ban nhân dân xã {n}", valid_from=began) for n, unit in enumerate(communes)
    )
    UnitParent.objects.bulk_create(UnitParent(unit=unit, parent=home, valid_from=began) for unit in communes)
    password = make_password(PASSWORD)  # slow by design: once
    people = Person.objects.bulk_create(
        Person(username=f"n{n}", full_name=f"Người {n}", password=password) for n in range(units)
    )
    posts = Post.objects.bulk_create(Post(unit=unit, title="Chuyên viên", role=Role.UNIT_OFFICER) for unit in communes)
    PostHolding.objects.bulk_create(
        PostHolding(post=post, person=person, valid_from=began) for post, person in zip(posts, people, strict=True)
    )
    lines = [f"{n}. Các xã {chance.choice(WORDS)} đợt {n}." for n in range(1, assignments // units + 1)]
    text = "\n".join(lines)
    stored = StoredFile.objects.create(sha256="0" * 64, size=1, media_type="text/plain", stored_at=now)
    directive = Directive.objects.create(
        file=stored,
        sha256="0" * 64,
        text=text,
        reading={"text": text, "sections": [], "tasks": []},
        title="Kế hoạch của tỉnh",
        received_for=home,
        home_unit=home,
        received_at=now,
        received_by=people[0],
        state=DirectiveState.RECEIVED,
    )
    Distribution.objects.bulk_create(
        Distribution(directive=directive, given_to=unit, unit=unit, given_on=now.date()) for unit in communes
    )
    programme = Programme.objects.create(
        directive=directive,
        title="Kế hoạch của tỉnh",
        focal_unit=home,
        focal_confirmed_at=now,
        state=ProgrammeState.ISSUED,
        starts_on=dt.date(now.year, 1, 1),
        ends_on=dt.date(now.year, 12, 31),
        proposed_at=now,
        issued_at=now,
    )
    tasks = Task.objects.bulk_create(
        Task(programme=programme, position=n, text=line, state=TaskState.ISSUED, confirmed_at=now, cadence="QUARTER")
        for n, line in enumerate(lines)
    )
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    passages = Passage.objects.bulk_create(
        Passage(directive=directive, section=str(n), start=start, end=start + len(line))
        for n, (start, line) in enumerate(zip(starts, lines, strict=True))
    )
    TaskSource.objects.bulk_create(
        TaskSource(task=task, passage=passage) for task, passage in zip(tasks, passages, strict=True)
    )
    made = Assignment.objects.bulk_create(
        (
            Assignment(task=task, issued_to=unit, unit=unit, role=UnitRole.LEAD, mode=Mode.ORDER, issued_on=now.date())
            for task in tasks
            for unit in communes
        ),
        batch_size=2000,
    )
    first, last = dt.date(now.year, 1, 1), dt.date(now.year, 12, 31)
    due = periods(Cadence.QUARTER, first, last, regime_on(first))[-2:]
    ExpectedReport.objects.bulk_create(
        (
            ExpectedReport(
                assignment=one,
                period=one_period.code,
                period_start=one_period.start,
                period_end=one_period.end,
                issued_on=one.issued_on,
                due=one_period.due,
                first_due=one_period.due,
            )
            for one in made
            for one_period in due
        ),
        batch_size=2000,
    )
    Entry.objects.bulk_create(
        (Entry(assignment=one, kind=EntryKind.ISSUED, on=now.date(), at=now, by=people[0]) for one in made),
        batch_size=2000,
    )
    searching.rebuild()
    with connection.cursor() as cursor:  # as the office's database is every morning
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@dataclass
class Tally:
    """What all visitors together met; each adds under the lock."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, seconds: float) -> None:
        with self.lock:
            self.seconds.setdefault(kind, []).append(seconds)

    def fault(self, said: str) -> None:
        with self.lock:
            self.errors[said] += 1


class Faulty(Exception):
    """The server answered otherwise than it should."""


class Visitor:
    """One person. `think` is the mean of the pauses in seconds."""

    PAGES = ("/", "/viec/", "/viec/", "duty", "duty", "duty", "/van-ban/", "/tinh-hinh/", "/tim/?tim=le+hoi")

    def __init__(self, address: str, number: int, think: float, tally: Tally) -> None:
        self.host = urlsplit(address).netloc
        self.name, self.think, self.tally = f"n{number}", think, tally
        self.chance = random.Random(SEED + number)
        self.cookies: dict[str, str] = {}
        self.connection: http.client.HTTPConnection | None = None
        self.duties: list[str] = []

    def visit(self, begin: float, until: float, turns: int | None) -> None:
        """Logs in at `begin` and works until then (both by `time.monotonic`), or for so many turns.

        What goes wrong is told to the tally, and ends the visit.
        """
        time.sleep(max(0.0, begin - time.monotonic()))
        try:
            self.log_in()
            first = self.chance.randrange(WRITE_EVERY)
            for turn in itertools.count(first):
                if (turns is not None and turn == first + turns) or time.monotonic() >= until:
                    break
                self.work(turn)
                time.sleep(min(self.think * self.chance.uniform(0.5, 1.5), max(0.0, until - time.monotonic())))
        except (Faulty, OSError, http.client.HTTPException) as why:
            self.tally.fault(f"{type(why).__name__}: {why}"[:200])
        finally:
            if self.connection is not None:
                self.connection.close()

    def log_in(self) -> None:
        """By the form, as a browser does."""
        page = self.ask("log-in page", "/dang-nhap/")
        told = {"csrfmiddlewaretoken": token(page), "username": self.name, "password": PASSWORD}
        self.send("log-in", "/dang-nhap/", told)
        self.duties = re.findall(r'href="(/viec/\d+/)"', self.ask("/viec/", "/viec/"))
        if not self.duties:
            raise Faulty("nothing to do on /viec/")

    def work(self, turn: int) -> None:
        """One page, or every so often a report."""
        if turn % WRITE_EVERY == 0:
            self.report(self.chance.choice(self.duties))
            return
        page = self.chance.choice(self.PAGES)
        self.ask(page, self.chance.choice(self.duties) if page == "duty" else page)

    def report(self, duty: str) -> None:
        """Opens the duty and files on it how far it went."""
        page = self.ask("duty", duty)
        form = re.search(r'<section id="bao-cao".*?</section>', page, re.DOTALL)
        if form is None:
            raise Faulty(f"no form on {duty}")
        told = {"kind": "PROGRESS", "percent": "40", "note": "Đã làm được một phần."}
        told["csrfmiddlewaretoken"] = token(form[0])
        told["once"] = re.findall(r'name="once" value="([^"]+)"', form[0])[0]
        if periods := re.findall(r'<option value="(\d+)"', form[0]):
            told["expected"] = periods[0]
        self.send("report", duty, told)

    def ask(self, kind: str, path: str) -> str:
        """A page; where it leads on (home to one's desk), the page there."""
        status, where, body = self.request(kind, "GET", path)
        if status == 302 and "dang-nhap" not in where:
            status, _where, body = self.request(where, "GET", where)
        if status != 200:
            raise Faulty(f"GET {kind}: {status}")
        return body

    def send(self, kind: str, path: str, form: dict[str, str]) -> None:
        """A form; it is taken where the answer leads on."""
        status, where, _body = self.request(kind, "POST", path, urlencode(form))
        if status != 302 or "dang-nhap" in where:
            raise Faulty(f"POST {kind}: {status} {where}")

    def request(self, kind: str, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Status, where it leads, and the page; on the kept connection, or a new one where the server closed that."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://{self.host}{path}"}
        began = time.monotonic()
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.connection.close()  # it had been idle for long; a browser asks again, too
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        page = answer.read().decode()
        self.tally.add(kind, time.monotonic() - began)
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), page


def token(page: str) -> str:
    """The form's token against forgery."""
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]


def crowd(address: str, people: int, *, think: float, ramp: float, seconds: float, turns: int | None = None) -> Tally:
    """So many people come within `ramp` seconds and then work for so many more, or for so many turns each."""
    tally, start = Tally(), time.monotonic()
    visitors = [Visitor(address, number, think, tally) for number in range(people)]
    threads = [
        threading.Thread(target=one.visit, args=(start + ramp * n / people, start + ramp + seconds, turns))
        for n, one in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    seed(int(sys.argv[1]), int(sys.argv[2]), dt.datetime.now(HANOI) - dt.timedelta(days=60))

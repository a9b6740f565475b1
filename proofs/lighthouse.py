"""Lighthouse's marks of the main screens, on the sample programme, as a phone sees them over a slow line."""

import datetime as dt
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
TOOL = "lighthouse@12.8.2"
CATEGORIES = {
    "performance": "speed",
    "accessibility": "accessibility",
    "best-practices": "practices",
    "seo": "findability",
}
FLOOR = 95
NOW = dt.datetime(2026, 3, 10, 2, 0, tzinfo=dt.UTC)  # the sample plan's own spring
# The screens by name: who opens them, and where; {…} are rows of the sample programme.
SCREENS = {
    "log-in": (None, "/dang-nhap/"),
    "directives": ("dau.moi", "/van-ban/"),
    "review": ("dau.moi", "/ra-soat/{programme}/"),
    "unit's desk": ("phuong", "/viec/"),
    "assignment": ("phuong", "/viec/{assignment}/"),
    "figures": ("lanh.dao", "/tinh-hinh/"),
    "board": ("dau.moi", "/bang/"),
    "leader's page": ("lanh.dao", "/toan-canh/"),
}


def prove(state: Path, result: Path) -> bool:
    """Whether every mark reaches the floor. Needs Node's npx, which fetches the tool, and Chromium."""
    if not (shutil.which("npx") and Path(CHROMIUM).exists()):
        print("lighthouse: needs npx (Node) and Chromium")
        return False
    journal = state / f"{_version()}.json"
    marks: dict[str, dict[str, Any]] = json.loads(journal.read_text()) if journal.exists() else {}
    data = state / "site"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    rows, sessions = _issued(data)
    port = _free()
    call = [sys.executable, "-m", "xulang.cli.main", "serve", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen(call, env=os.environ)  # noqa: S603
    try:
        _await(port)
        for name, (who, path) in SCREENS.items():
            if name not in marks:
                marks[name] = _marks(f"http://127.0.0.1:{port}{path.format(**rows)}", sessions.get(who or ""), state)
                journal.write_text(json.dumps(marks))
    finally:
        server.terminate()
        server.wait()
    result.write_text(_page(marks), "utf-8")
    return all(mark >= FLOOR for marks_of in marks.values() for mark in marks_of["marks"].values())


def _version() -> str:
    """A mark of the screens and of this proof: the marks of other ones do not count."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted((ROOT / "src/xulang/office").rglob("*")):
        if file.suffix in (".py", ".html", ".css", ".js"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _issued(data: Path) -> tuple[dict[str, int], dict[str, str]]:
    """The sample plan issued, and a second one in review: rows that screens name, and a session of each person."""
    from xulang.cli.commands import serve

    serve.prepare(data)
    from django.test import Client
    from django.utils import timezone

    from xulang.config.sample import seeding
    from xulang.organisation.models import Person
    from xulang.programme import services
    from xulang.programme.enums import Cadence
    from xulang.programme.models import Assignment

    seeding.seed(today=NOW.date(), now=NOW)
    Person.objects.update(opened_at=timezone.now())  # else they are idle for long, and closed at once
    plan = Path(seeding.__file__).with_name("plan.md")
    programme = seeding.propose(plan.read_bytes(), plan.name, now=NOW)
    lead = Person.objects.get(username="dau.moi")
    meanings: dict[int, Any] = {
        row.pk: "open" if row.is_open else list(row.units.values_list("pk", flat=True)) for row in programme.sets.all()
    }
    services.set_cadence(programme=programme, cadence=Cadence.MONTH, by=lead, now=NOW)
    services.confirm_sets(programme=programme, choices=meanings, by=lead, now=NOW)
    services.confirm_sure(programme=programme, by=lead, now=NOW)
    services.issue(programme=programme, by=lead, now=NOW)
    other = plan.read_text("utf-8").replace("2026", "2027")
    review = seeding.propose(other.encode(), "ke-hoach-2027.md", now=NOW)
    ward = Person.objects.get(username="phuong")
    held = Assignment.objects.for_user(ward, NOW.date()).order_by("pk").first()
    assert held is not None
    sessions = {}
    for who in {who for who, _path in SCREENS.values() if who}:
        client = Client()
        client.force_login(Person.objects.get(username=who))
        sessions[who] = client.cookies["sessionid"].value
    return {"programme": review.pk, "assignment": held.pk}, sessions


def _free() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _await(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nobody answers on port {port}")


def _marks(address: str, session: str | None, state: Path) -> dict[str, Any]:
    """The marks of one screen, 0 to 100, and what cost any."""
    headers = state / "headers.json"
    headers.write_text(json.dumps({"Cookie": f"sessionid={session}"} if session else {}))
    call = [
        *("npx", "--yes", TOOL, address, "--quiet", "--output=json", f"--extra-headers={headers}"),
        f"--only-categories={','.join(CATEGORIES)}",
        # Screens of an office are kept out of search engines on purpose.
        "--skip-audits=is-crawlable",
        "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking",
    ]
    done = subprocess.run(call, stdout=subprocess.PIPE, check=True, env=os.environ | {"CHROME_PATH": CHROMIUM})  # noqa: S603
    told = json.loads(done.stdout)
    assert told["finalDisplayedUrl"] == address, f"{address} led to {told['finalDisplayedUrl']}"
    marks = {shown: round(100 * told["categories"][key]["score"]) for key, shown in CATEGORIES.items()}
    weights = {ref["id"] for key in CATEGORIES for ref in told["categories"][key]["auditRefs"] if ref["weight"]}
    lost = [
        told["audits"][key]["title"]
        for key in sorted(weights)
        if (told["audits"][key]["score"] or 0) < 0.9
        and told["audits"][key]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    ]
    return {"marks": marks, "lost": lost}


def _page(marks: dict[str, dict[str, Any]]) -> str:
    """The written result."""
    lines = [
        "# Lighthouse",
        "",
        f"Lighthouse {TOOL.partition('@')[2]} on the sample programme, its phone on its slow line (a processor four "
        f"times slower). Asked: {FLOOR} everywhere. Left out: `is-crawlable`, as an office's screens are kept out of "
        "search engines on purpose.",
        "",
        f"| screen | {' | '.join(CATEGORIES.values())} | what cost a mark |",
        f"| --- |{' ---: |' * len(CATEGORIES)} --- |",
    ]
    for name, told in marks.items():
        shown = " | ".join(str(told["marks"][key]) for key in CATEGORIES.values())
        lines.append(f"| {name} | {shown} | {'; '.join(told['lost'])} |")
    return "\n".join(lines) + "\n"

"""A thousand histories of the clock with a process that dies at a named step, and fifty workers that are really killed.

In the platform exactly one notice a person, duty or obstacle, step and day; by mail none missed, and one twice only
where its sender died between the post office's answer and noting it, then under the same Message-ID and told in the
journal.
"""

import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HISTORIES = 1000
PIECE = 50  # histories of one process
KILLS = 50
DUTIES = 60
SEED = 20260310


def prove(state: Path, result: Path) -> bool:
    """Whether all held. Histories that are done, and the kills, are kept in `state`."""
    rows = _histories(state)
    kept = state / "kills.json"
    if not kept.exists():
        kept.write_text(json.dumps(_kills(state)), "utf-8")
    killed = json.loads(kept.read_text("utf-8"))
    result.write_text(_page(rows, killed), "utf-8")
    return len(rows) >= HISTORIES and not any(row["faults"] for row in rows) and not killed["faults"]


def _environment(data: Path, **more: str) -> dict[str, str]:
    paths = os.pathsep.join(str(ROOT / part) for part in ("", "src", "tests"))
    return os.environ | {
        "PYTHONPATH": paths,
        "DJANGO_SETTINGS_MODULE": "xulang.config.settings",
        "XULANG_DATABASE_URL": f"sqlite:///{data / 'clock.sqlite3'}",
        "XULANG_SECRET_KEY": "only-for-proofs",
        "XULANG_DATA": str(data),
        **more,
    }


def _histories(state: Path) -> list[dict[str, Any]]:
    journal = state / "histories.jsonl"
    rows = [json.loads(line) for line in journal.read_text("utf-8").splitlines()] if journal.exists() else []
    with journal.open("a", encoding="utf-8") as out:
        while len(rows) < HISTORIES:
            call = [sys.executable, "-m", "proofs._clock", "histories", str(len(rows)), str(len(rows) + PIECE)]
            done = subprocess.run(call, env=_environment(state), stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
            out.write(done.stdout)
            out.flush()
            rows += [json.loads(line) for line in done.stdout.splitlines()]
    return rows


class _Box:
    """What the post office was handed: the Message-IDs, in order. It takes its time, so that senders die meanwhile."""

    def __init__(self) -> None:
        self.letters: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (the library's name)
        import asyncio

        self.letters.append(message_from_bytes(envelope.content)["Message-ID"])
        await asyncio.sleep(0.05)
        return "250 OK"


def _kills(state: Path) -> dict[str, Any]:
    """Workers on a real database and a real post office, killed one after the other; then one that is let live."""
    from aiosmtpd.controller import Controller

    data = state / "kills"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = _Box()
    post = Controller(box, hostname="127.0.0.1", port=port)
    post.start()
    told = _environment(data, XULANG_SMTP_URL=f"smtp://127.0.0.1:{port}", XULANG_MAIL_FROM="xulang@muonghoa.example")
    command = [sys.executable, "-m", "proofs._clock"]
    made = subprocess.run([*command, "town", str(DUTIES)], env=told, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    draw, killed, ahead = random.Random(SEED), 0, 0
    base = data / "clock.sqlite3"
    fresh = base.read_bytes()
    rounds = []
    try:
        while killed < KILLS:
            for file in data.glob("clock.sqlite3*"):
                file.unlink()
            base.write_bytes(fresh)  # a new town: its notices and letters are all to come
            box.letters.clear()
            ahead, deaths = 0, 0
            for _ in range(5):
                worker = subprocess.Popen([*command, "work", str(ahead)], env=told, stdout=subprocess.PIPE)  # noqa: S603
                assert worker.stdout is not None
                worker.stdout.readline()  # it has come up, and begins
                try:
                    worker.wait(timeout=draw.uniform(0, 0.8))
                except subprocess.TimeoutExpired:
                    worker.kill()
                    deaths += 1
                worker.communicate()
                ahead += 3
                time.sleep(0.05)
            for _ in range(12):  # whoever comes after has all the time it needs
                ahead += 3
                subprocess.run([*command, "work", str(ahead)], env=told, stdout=subprocess.DEVNULL, check=True)  # noqa: S603
            killed += deaths
            rounds.append(_found(base, box.letters, deaths, int(made.stdout)))
    finally:
        post.stop()
    faults = [fault for row in rounds for fault in row["faults"]]
    return {"killed": killed, "rounds": rounds, "faults": faults}


def _found(base: Path, letters: list[str], deaths: int, duties: int) -> dict[str, Any]:
    """What a round left behind, and what of it does not hold."""
    with sqlite3.connect(base) as db:

        def one(question: str) -> int:
            return int(db.execute(question).fetchone()[0])

        notices = one("SELECT count(*) FROM programme_notice")
        twice = one(
            "SELECT count(*) FROM (SELECT 1 FROM programme_notice GROUP BY person_id, expected_id, step, day "
            "HAVING count(*) > 1)"
        )
        untold = one(
            "SELECT count(*) FROM programme_expectedreport WHERE reminded_to IS NULL AND due < date('now', '3 days')"
        )
        stuck = one("SELECT count(*) FROM programme_entry WHERE kind = 'OBSTACLE'")
        turns = one(
            "SELECT count(*) FROM programme_raisednotice n JOIN programme_entry e ON e.id = n.about_id "
            'WHERE n.day > e."on"'
        )
        written, unsent = (
            one("SELECT count(*) FROM plumbing_letter"),
            one("SELECT count(*) FROM plumbing_letter WHERE sent_at IS NULL"),
        )
        repeats = one("SELECT coalesce(sum(repeats), 0) FROM plumbing_letter")
        journalled = one("SELECT count(*) FROM plumbing_journalentry WHERE action = 'letter.repeated'")
        digests = one("SELECT count(*) FROM programme_digest")
        without = one("SELECT count(*) FROM programme_digest WHERE letter_id IS NULL")
        running = one("SELECT count(*) FROM plumbing_joblease")
    sent = Counter(letters)
    again = sum(sent.values()) - len(sent)
    faults = [
        name
        for name, holds in {
            "a notice twice": twice == 0,
            "duties that nobody was told of": untold == 0,
            "no notices": notices > 0,
            "obstacles not told once to the focal unit and the leader": turns == 2 * stuck > 0,
            "letters that did not go": unsent == 0 and len(sent) == written,
            "digests without a letter": without == 0 and digests == written > 0,
            "more went again than senders died": again <= repeats <= deaths,
            "repeats the journal does not tell": repeats == journalled,
            "jobs left in hand": running == 0,
        }.items()
        if not holds
    ]
    return {
        "duties": duties,
        "notices": notices + turns,
        "letters": written,
        "again": again,
        "repeats": repeats,
        "deaths": deaths,
        "faults": faults,
    }


def _page(rows: list[dict[str, Any]], killed: dict[str, Any]) -> str:
    """The written result."""
    deaths = Counter[str]()
    for row in rows:
        deaths.update(row["deaths"])
    bad = [row for row in rows if row["faults"]]
    lines = [
        "# The clock, and whoever dies meanwhile",
        "",
        "In the platform exactly one notice a person, duty or obstacle, step and day; by mail none missed, and one",
        "twice only where its sender died between the post office's answer and noting it: then under the same",
        "Message-ID, told in the journal.",
        "",
        f"## {len(rows)} random histories on SQLite, {sum(deaths.values())} deaths at named steps",
        "",
        f"{sum(row['notices'] for row in rows)} notices of duties and {sum(row['turns'] for row in rows)} of "
        "whose turn an obstacle is, each compared with",
        f"a reckoning from scratch; {sum(row['letters'] for row in rows)} letters, "
        f"{sum(row['again'] for row in rows)} of them sent again. Histories that did not hold: {len(bad)}.",
        "",
        "| the process died at | times |",
        "| --- | ---: |",
        *(f"| {step} | {times} |" for step, times in sorted(deaths.items())),
        "",
        f"## {killed['killed']} workers killed by SIGKILL at a random moment, in {len(killed['rounds'])} towns",
        "",
        "Real processes on a database in a file, a real SMTP server on loopback; after five that may be killed, others",
        "work off what is left.",
        "",
        "| town | duties | notices | letters | sent again | told as repeats | killed | faults |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
        *(
            f"| {n} | {row['duties']} | {row['notices']} | {row['letters']} | {row['again']} | {row['repeats']} | "
            f"{row['deaths']} | {'; '.join(row['faults'])} |"
            for n, row in enumerate(killed["rounds"], 1)
        ),
    ]
    return "\n".join([*lines, *(f"\nSeed {row['seed']}: {'; '.join(row['faults'])}" for row in bad[:20])]) + "\n"

"""`xulang serve`: the platform in one process or several, on SQLite unless told otherwise."""

import argparse
import gc
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and where the data lies."""
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định: %(default)s)")
    parser.add_argument("--threads", type=int, default=4, help="số luồng phục vụ (mặc định: %(default)s)")
    parser.add_argument(
        "--processes",
        type=int,
        default=1,
        help="số tiến trình, để dùng hết các lõi (mặc định: 1; SQLite thì nên để 1)",
    )
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu (mặc định: XULANG_DATA hoặc .var/site)")


def run(args: argparse.Namespace) -> int:
    """Brings the tables up to date, then serves until interrupted."""
    prepare(args.data)
    listen(args.host, args.port, args.threads, args.processes)
    return 0


def prepare(data: Path | None = None) -> None:
    """Data folder, secret key, Django and its tables: what every command of the platform starts from."""
    if data:
        os.environ["XULANG_DATA"] = str(data)
    folder = Path(os.environ.get("XULANG_DATA", ".var/site"))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = folder / "secret-key"
    if not os.environ.get("XULANG_SECRET_KEY") and not key.exists():
        with os.fdopen(os.open(key, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xulang.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


# Seconds that a thread at work may keep the others from what the database answered them. A page asks dozens of times;
# with Python's own 5 ms each answer would wait so long.
SWITCH = 0.0005

# Browsers keep their connections: five hundred people hold more than the hundred that waitress allows by itself, and
# more than `select` can watch.
# Each that is kept is looked at whenever anything comes in: half of the time with 250 to a process. So an idle one is
# closed after a while; the browser opens another.
CONNECTIONS = {
    "connection_limit": 4000,
    "asyncore_use_poll": True,
    "channel_timeout": 15,  # seconds
    "cleanup_interval": 5,
}


def listen(host: str, port: int, threads: int, processes: int = 1) -> None:
    """Answers until interrupted; several processes share one door, and one of their own works off the jobs."""
    import waitress
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.db import connections

    door = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=1024)
    application = get_wsgi_application()
    load()

    def answer() -> None:
        sys.setswitchinterval(SWITCH)
        waitress.serve(application, sockets=[door], threads=threads, ident=None, **CONNECTIONS)

    def keep_house() -> None:
        os.nice(10)  # nobody waits for it
        call_command("keep_house", on=True)
        signal.pause()

    if processes == 1:
        call_command("keep_house", on=True)
        answer()
        return
    connections.close_all()  # none may be shared by two processes
    keep([answer] * processes + [keep_house])


def load() -> None:
    """Reads every address and page now: no reader is the first, and the collector looks through none of it again."""
    from django.template import engines
    from django.template.loader import get_template
    from django.urls import get_resolver

    _ = get_resolver().reverse_dict
    for folder in engines["django"].template_dirs:
        for file in Path(folder).rglob("*.html"):
            get_template(file.relative_to(folder).as_posix())
    gc.collect()
    gc.freeze()


def keep(works: Iterable[Callable[[], None]]) -> None:
    """Has a process do each of the works; starts another for one that ends, and ends them all with this one."""
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(0))
    at_work: dict[int, Callable[[], None]] = {}
    waiting = list(works)
    try:
        while True:
            while waiting:
                work = waiting.pop()
                at_work[_begun(work)] = work
            ended, _how = os.wait()
            waiting.append(at_work.pop(ended))
            time.sleep(1)  # one that cannot even start is not started a thousand times
    finally:
        for one in at_work:
            os.kill(one, signal.SIGTERM)
        for one in at_work:
            os.waitpid(one, 0)


def _begun(work: Callable[[], None]) -> int:
    """A process at work; in it this never returns."""
    if one := os.fork():
        return one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        work()
    finally:
        os._exit(1)

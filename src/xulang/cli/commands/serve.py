"""`xulang serve`: the platform in one process, on SQLite unless told otherwise."""

import argparse
import os
import secrets
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and where the data lies."""
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định: %(default)s)")
    parser.add_argument("--threads", type=int, default=4, help="số luồng phục vụ (mặc định: %(default)s)")
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu (mặc định: XULANG_DATA hoặc .var/site)")


def run(args: argparse.Namespace) -> int:
    """Brings the tables up to date, then serves until interrupted."""
    prepare(args.data)
    listen(args.host, args.port, args.threads)
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


def listen(host: str, port: int, threads: int) -> None:
    """Answers until interrupted."""
    import waitress
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("keep_house", on=True)
    waitress.serve(get_wsgi_application(), host=host, port=port, threads=threads, ident=None)

"""`xulang manage keep_house`: one round of what happens without anybody asking, for a server that is not `serve`."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from xulang.config.housekeeping import keep_house, keep_on


class Command(BaseCommand):
    """Sends mail that is due and closes idle accounts; to be run every minute."""

    help = "Gửi thư đến hạn, khóa tài khoản lâu không dùng (chạy mỗi phút)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Once, or from now on beside whatever this process does."""
        parser.add_argument(
            "--on", action=argparse.BooleanOptionalAction, default=False, help="chạy mãi bên cạnh máy chủ"
        )

    def handle(self, *_args: Any, on: bool, **_options: Any) -> None:
        """Tells how many of each."""
        if on:
            keep_on()
            return
        letters, closed = keep_house()
        self.stdout.write(f"{letters} thư đã gửi, {closed} tài khoản đã khóa.")

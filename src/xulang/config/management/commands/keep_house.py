"""`xulang manage keep_house`: one round of what happens without anybody asking, for a server that is not `serve`."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from xulang.config.housekeeping import keep_house, keep_on


class Command(BaseCommand):
    """Works off the jobs that are due: mail, reminders, idle accounts; to be run every minute, on any machine."""

    help = "Làm các việc nền đến hạn: gửi thư, nhắc việc, khóa tài khoản lâu không dùng (chạy mỗi phút)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Once, or from now on beside whatever this process does."""
        parser.add_argument(
            "--on", action=argparse.BooleanOptionalAction, default=False, help="chạy mãi bên cạnh máy chủ"
        )

    def handle(self, *_args: Any, on: bool, **_options: Any) -> None:
        """Tells how many jobs were done."""
        if on:
            keep_on()
            return
        self.stdout.write(f"{keep_house()} việc nền đã làm.")

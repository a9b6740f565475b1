"""`xulang manage reopen_account NAME`: the way back in where no administrator is left who can log in."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xulang.organisation.accounts import reopen
from xulang.organisation.models import Person


class Command(BaseCommand):
    """Opens a closed account again."""

    help = "Mở lại một tài khoản đã khóa."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        """Raises CommandError for a name that nobody has."""
        person = Person.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Không có tài khoản {username}: kiểm tra lại tên đăng nhập.")
        reopen(person=person, by=None, now=timezone.now())
        self.stdout.write(f"Đã mở lại tài khoản {username}.")

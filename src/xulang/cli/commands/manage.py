"""`xulang manage …`: Django's own commands on this platform (migrate, createcachetable, shell …)."""

import argparse
import os
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after `manage` goes to Django."""
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="lệnh của Django và tham số, ví dụ: migrate")


def run(args: argparse.Namespace) -> int:
    """Runs the command; its own exit code where it ends by one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xulang.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line([f"{sys.argv[0]} manage", *args.rest])
    return 0

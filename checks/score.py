"""Accuracy of the directive reader on the real papers beside the project, where they are there."""

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from xulang.adapters.recognition import Tesseract
from xulang.cli.formats.json_lines import as_json
from xulang.reading.directive.read import read_file

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus" / "directives"
SCORER = SHARED / "tools" / "score_reading.py"
READINGS = Path(".var/readings")
FLOORS = {"--floor": "0.97", "--kind-floor": "0.93", "--scan-floor": "0.88"}

"""A hundred thousand bad files are read: none raises, none takes 30 seconds, none needs a gigabyte."""

import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from reading.files.spoiling import BOMBS, spoilt

INPUTS = 100_000
BATCH = 1_000  # a process each: what crashes is known by its number, and memory is told apart
SECONDS, MEGABYTES = 30.0, 1024.0  # of processor time, so that a busy machine is no fault
ROOT = Path(__file__).resolve().parents[1]


def version() -> str:
    """A mark of the reader and of what spoils the files: results of other ones do not count."""
    digest = hashlib.sha256()
    for folder in ("src/xulang/reading", "tests/reading/files"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".py", ".toml"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def prove(state: Path, result: Path) -> bool:
    """Reads every input that no earlier run has read; writes the counts. False where any input failed."""
    found = state / f"{version()}.json"
    batches: dict[str, dict] = json.loads(found.read_text("utf-8")) if found.exists() else {}
    for start in [-1, *range(0, INPUTS, BATCH)]:
        if str(start) in batches:
            continue
        batch = _batch(start)
        if state / f"{version()}.json" != found:
            raise SystemExit("fuzz: the reader was changed while it was proved; run again")
        batches[str(start)] = batch
        found.write_text(json.dumps(batches), "utf-8")
        print(f"fuzz: {sum(b['inputs'] for b in batches.values())} inputs", file=sys.stderr)
    failures = [failure for batch in batches.values() for failure in batch["failures"]]
    result.write_text(_page(batches, failures), "utf-8")
    return not failures


def _batch(start: int) -> dict:
    """One process over a batch; one that ends by itself is run again, input by input, to know which."""
    done = _run(start, BATCH)
    if done is not None:
        return done
    single = [(number, _run(number, 1)) for number in ([start] if start < 0 else range(start, start + BATCH))]
    sound = [batch for _, batch in single if batch is not None]
    return {
        "inputs": BATCH,
        "slowest": max((batch["slowest"] for batch in sound), default=0.0),
        "megabytes": max((batch["megabytes"] for batch in sound), default=0.0),
        "faults": {},
        "failures": [f"{number}: the process ended" for number, batch in single if batch is None]
        + [failure for batch in sound for failure in batch["failures"]],
    }


def _run(start: int, count: int) -> dict | None:
    call = [sys.executable, "-c", f"from proofs.fuzz import work; work({start}, {count})"]
    paths = os.pathsep.join(str(ROOT / name) for name in ("", "src", "tests"))
    done = subprocess.run(call, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": paths}, check=False)  # noqa: S603
    return json.loads(done.stdout) if done.returncode == 0 else None


def work(start: int, count: int) -> None:
    """Reads inputs in this process and prints what became of them. The bombs are the batch of number -1."""
    from reading.contract import breaches
    from reading.files.test_fuzz import Blind
    from xulang.reading.directive.read import read_file

    inputs = (
        [(n, *spoilt(n)) for n in range(start, start + count)] if start >= 0 else [(-1, f.__name__, f()) for f in BOMBS]
    )
    slowest, failures, faults = 0.0, [], {}
    for number, how, data in inputs:
        begun = time.process_time()
        try:
            reading = read_file(data, name=how, recognise=Blind())
            for warning in reading.warnings:
                faults[warning.code] = faults.get(warning.code, 0) + 1
            failures += [f"{number} {how}: {breach}" for breach in breaches(reading.as_contract())]
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what this proof looks for
            failures.append(f"{number} {how}: {error!r}")
        slowest = max(slowest, took := time.process_time() - begun)
        if took > SECONDS:
            failures.append(f"{number} {how}: {took:.0f} s")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if megabytes > MEGABYTES:
        failures.append(f"batch {start}: {megabytes:.0f} MB")
    told = {"inputs": len(inputs), "slowest": slowest, "megabytes": megabytes, "faults": faults, "failures": failures}
    print(json.dumps(told))


def _page(batches: dict[str, dict], failures: list[str]) -> str:
    faults: dict[str, int] = {}
    for batch in batches.values():
        for code, times in batch["faults"].items():
            faults[code] = faults.get(code, 0) + times
    rows = "\n".join(f"| `{code}` | {times} |" for code, times in sorted(faults.items()))
    return f"""# Fuzz

{sum(b["inputs"] for b in batches.values())} inputs, seeds 0 to {INPUTS - 1} and {len(BOMBS)} bombs, read in full
(`tests/reading/files/spoiling.py` makes them), on {time.strftime("%d/%m/%Y")}; reader {version()}.

- exceptions, crashes, limits passed: {len(failures)}
- slowest input: {max(b["slowest"] for b in batches.values()):.1f} s of processor time (limit {SECONDS:.0f} s)
- most memory of a process over {BATCH} inputs: {max(b["megabytes"] for b in batches.values()):.0f} MB
  (limit {MEGABYTES:.0f} MB)

| warning | times |
| --- | --- |
{rows}
{"".join(f"{chr(10)}- {failure}" for failure in failures)}
"""

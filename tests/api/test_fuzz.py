"""Some hundred of the requests that CI makes by the thousand: see tests/api/fuzz.py."""

import os
import subprocess
import sys

from tests.tools import ROOT

REQUESTS = os.environ.get("FUZZ_REQUESTS", "600")


def test_everything_that_a_stranger_asks_is_answered_as_the_document_says() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.api.fuzz", REQUESTS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-5000:]
    assert int(done.stdout.splitlines()[-1].split()[0]) >= int(REQUESTS)

"""What every test starts from: a key, and a data folder of its own."""

import os
import tempfile

os.environ.setdefault("XULANG_SECRET_KEY", "only-for-tests")
os.environ.setdefault("XULANG_DATA", tempfile.mkdtemp(prefix="xulang-tests-"))

"""The database's library comes without those that take long to load, and they stay usable."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("first", ["", "import numpy, pandas; "])
def test_pandas_is_loaded_by_who_needs_it_alone(first):
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; {first}import kehoach.store.read; print('pandas' in sys.modules);"
            "import numpy, pandas; print(pandas.DataFrame({'a': numpy.arange(2)}).a.sum())",
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert told.stdout.split() == [str(bool(first)), "1"], told.stderr

"""How long checks wait for what has a figure: the figure, times CHECK_PATIENCE, so that a machine with
other work does not fail them. `CHECK_PATIENCE=1` holds to the figures."""

import os

PATIENCE = float(os.environ.get("CHECK_PATIENCE", "4"))

"""`python -m hackweek`."""

import gc
import sys

# Next to nothing of ours is in cycles; to look for them as often as Python does takes a twentieth
# of a build.
gc.set_threshold(100_000)

from hackweek.cli import main  # noqa: E402 - it is much that is imported here

sys.exit(main())

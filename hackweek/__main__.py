"""`python -m hackweek`."""

import sys

from hackweek.cli import main

sys.exit(main())

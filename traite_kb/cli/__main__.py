"""Run the command with ``python -m traite_kb.cli``."""

import sys

from traite_kb.cli import main

if __name__ == "__main__":
    sys.exit(main())

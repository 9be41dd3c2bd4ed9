"""The command line: python3 -m ops install | demo | test | servers | lock."""

import sys

from ops import cli

if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:]))

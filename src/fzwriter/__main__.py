"""``python -m fzwriter``."""

from fzwriter.cli import main

if __name__ == "__main__":
    main()

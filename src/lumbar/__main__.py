"""`python -m lumbar` and the `lumbar` command."""

from lumbar.cli.main import main

if __name__ == "__main__":
    main()

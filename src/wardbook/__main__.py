"""`python -m wardbook` is the command `wardbook`."""

from wardbook.cli import main

if __name__ == "__main__":
    main()

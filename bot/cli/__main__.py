"""`python -m bot.cli` is `sakidori`."""

from bot.cli import main

if __name__ == "__main__":
    main()

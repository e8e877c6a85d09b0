"""The demo: the sample company in the sandbox, with the bot beside it as a process of its own."""

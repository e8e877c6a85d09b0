"""Kills the bot at random moments while Slack drops answers, and looks what was said and kept."""

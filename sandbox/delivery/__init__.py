"""Bringing what people do to the bot, by signed HTTP or Socket Mode."""

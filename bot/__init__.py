"""Sakidori: a Slack bot that lets a customer-success team act before the customer complains."""

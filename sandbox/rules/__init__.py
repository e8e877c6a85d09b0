"""Slack's limits on what a bot may send, as tables; every breach names its place."""

from sandbox.rules.problem import Problem
from sandbox.rules.surfaces import check_home, check_message, check_modal, check_view

__all__ = ["Problem", "check_home", "check_message", "check_modal", "check_view"]

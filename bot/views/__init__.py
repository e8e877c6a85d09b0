"""Domain data to Block Kit; Slack's limits in one place, and no sentence anywhere."""

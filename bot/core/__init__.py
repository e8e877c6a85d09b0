"""Plain values and rules.  Refuses to know a database, Slack, pandas or the current time."""

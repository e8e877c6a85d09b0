"""The verbs: what the house does to its facts, inside units of work."""

"""The night's watch: playbooks asked of every account, and what that opens, clears and leaves."""

"""From a file to facts: read, link, compare, report; then apply in blocks that survive a kill."""

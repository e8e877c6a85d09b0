"""What separates those who left from those who stayed, on any table: pure, and heavy to load.

Knows no database, no clock, no network and no sentence; what it finds are codes and figures.
"""

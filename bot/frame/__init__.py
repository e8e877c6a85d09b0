"""The account frame: one row per account, one named column per measure. Nothing else counts.

This package and `bot.frame.catalogue` are free of numpy, so that anybody may read the catalogue.
"""

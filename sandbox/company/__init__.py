"""The sample company: a seeded generator of the files a customer-success team would drop in.

It stands outside the bot on purpose: it knows the world, the bot only ever sees its files.
"""

"""What is done about which sign: versioned documents, and the accounts they are meant for.

All but `matching` and `conditions` are free of numpy, so that commands and jobs may read them.
"""

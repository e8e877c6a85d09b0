"""Files to facts: finding the table, the columns and the values in what people really keep.

Pure: refuses databases and networks.  Nothing is dropped in silence; every row is parsed,
refused with a reason, or counted.
"""

"""Signs of trouble: each asks the frame, the scores and their past one question of every account.

`signal`, `catalogue` and the questions themselves are free of numpy, so that anybody may list them.
"""

"""The engine of the stories fails as plainly as a test does."""

import pytest

pytest.register_assert_rewrite("tests.loop.story")

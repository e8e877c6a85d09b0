"""The store's two workspaces serve here as well."""

from tests.store.conftest import houses

__all__ = ["houses"]

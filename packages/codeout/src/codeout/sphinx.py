"""The name under which sites list the extension: ``extensions = ["codeout.sphinx"]``."""

from codeout.integrations.sphinx.extension import setup

__all__ = ["setup"]

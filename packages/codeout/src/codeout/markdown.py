"""The name under which sites list the extension: ``markdown_extensions: [codeout.markdown]``."""

from codeout.integrations.markdown import CodeoutExtension, makeExtension

__all__ = ["CodeoutExtension", "makeExtension"]

"""The language server: what an editor shows of pages while they are written."""

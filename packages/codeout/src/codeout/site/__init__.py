"""What a site shows of its pages: notes under outputs, a table of all pages, files to take away.

Whatever renders the site: see ``codeout.integrations`` for MkDocs, ProperDocs and Zensical.
"""

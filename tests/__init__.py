"""The tests mirror what they test; cases stand beside them.

``codeout`` and ``bitext`` have a folder for each package of the source, ``site`` has what readers
and contributors meet, ``bench`` the benchmarks, ``support`` what tests share.
"""

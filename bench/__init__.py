"""Codeout measured beside other engines: ``python -m bench``, or ``make bench``.

``corpus`` makes the pages, ``formats`` writes them in each engine's syntax, ``engines`` says how
each is started, ``measure`` runs and times them, ``cases`` lists what is measured, ``report``
turns the figures into ``docs/guide/benchmarks.md``.
"""

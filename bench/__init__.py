"""Codeout measured beside other engines: ``python -m bench``, or ``make bench``.

Whole runs: ``corpus`` makes the pages, ``formats`` writes them in each engine's syntax,
``engines`` says how each is started, ``measure`` runs and times them, ``cases`` lists what is
measured.

Edits: ``live_pages`` makes the pages, ``live_engines`` says how each engine is started and where
it shows them, ``sitting`` saves and waits, ``live_prose`` and ``live_memory`` look from inside
codeout, ``live`` lists what is measured.

``kept`` keeps the results, ``report`` and ``live_report`` turn them into
``docs/engine/benchmarks.md``, ``live_figure`` into a figure.
"""

"""Codeout measured beside other engines: ``python -m bench``, or ``make bench``.

Whole runs: ``corpus`` makes the pages, ``formats`` writes them in each engine's syntax,
``engines`` says how each is started, ``measure`` runs and times them, ``cases`` lists what is
measured.

Edits: ``live_pages`` makes the pages, ``live_engines`` says how each engine is started and where
it shows them, ``sitting`` saves and waits, ``live_prose`` and ``live_memory`` look from inside
codeout, ``live`` lists what is measured.

Commands beside an earlier build: ``builds`` finds it, ``speed_cases`` lists what is called,
``page_parts`` looks from inside codeout where the time of a page goes, ``speed`` measures.

Many pages: ``cluster`` runs them on a cluster of this machine, ``simulate`` on paper on more.

``kept`` keeps the results, ``report`` and those of the parts turn them into
``docs/engine/benchmarks.md``, ``live_figure`` into a figure.
"""

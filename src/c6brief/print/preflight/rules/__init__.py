"""Page rules, each a function with a decorator (:mod:`c6brief.print.preflight.rule`) in the module of its subject.

Every module here is imported when page rules are listed or run: a new one needs no mention elsewhere.
"""

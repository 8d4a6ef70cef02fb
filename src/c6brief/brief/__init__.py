"""The specification and what it picks from the evidence base, as one immutable :class:`~c6brief.brief.model.Brief`.

``spec`` reads the specification, ``compose`` makes the brief of it, ``model`` is what templates see, and ``record``
says what the brief prints and rests on. ``settings`` and ``brand`` read the brand file.
"""

"""The specification and what it picks, resolved into one immutable :class:`~c6brief.brief.model.Brief`."""

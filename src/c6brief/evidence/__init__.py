"""The evidence base: sources with their texts, and everything that is said of them.

``seeds`` reads it, ``matching`` finds words in source texts, ``strength`` computes how well each statement is
backed. Nothing here knows of briefs or pages.
"""

"""Coverage: which source says anything of which theme."""

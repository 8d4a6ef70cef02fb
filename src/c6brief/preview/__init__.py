"""The pages of a brief in the browser while it is written: a server of this machine alone, and what it shows."""

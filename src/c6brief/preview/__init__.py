"""A preview of a brief in the browser, while it is written: a server for this machine only, and what it shows."""

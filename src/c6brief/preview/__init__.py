"""A preview of a brief's pages in the browser, while the brief is written: a server for this machine only, and what it shows."""

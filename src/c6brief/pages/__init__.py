"""HTML from a brief and a template: the sandbox, the search for templates, and where things stand on the page."""

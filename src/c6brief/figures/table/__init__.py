"""Tables as drawings, and the tables that a page prints in their place."""

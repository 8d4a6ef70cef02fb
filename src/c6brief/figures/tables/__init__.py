"""Tables as drawings, for slides."""

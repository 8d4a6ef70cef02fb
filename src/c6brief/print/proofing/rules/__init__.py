"""Rules of the page: what a production editor sends back although every word is right."""

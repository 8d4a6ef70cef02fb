"""A campaign of mutated projects and files: ``make fuzz``. What it found stands in ``cases`` and is tried by every test run."""

"""Rules of the craft: what an editor sends back although every word is true."""

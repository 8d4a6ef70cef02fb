"""Rules on references: what leads nowhere, and what was left out."""

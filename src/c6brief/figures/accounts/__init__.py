"""What sources say: timelines, coverage, ladders."""

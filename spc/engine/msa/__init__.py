"""Studies of measuring systems: how much of the spread is the gauge's, and who or what makes it."""

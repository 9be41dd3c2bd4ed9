"""Sources that speak by themselves, a folder for each protocol; all of them feed the one pipeline of readings."""

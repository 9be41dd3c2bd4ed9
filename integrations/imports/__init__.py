"""Files that people take in through the browser, for every business object that comes in."""

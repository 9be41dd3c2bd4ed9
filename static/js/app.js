// Starts what every page needs, and loads a chart, a graph or the scanner only where the page has one.

"""The sample plant AdventureWorks, a maker of bicycles (Microsoft, MIT licence), from its CSV files."""

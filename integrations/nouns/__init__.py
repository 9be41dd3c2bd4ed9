"""The business objects that come in and go out, in one place for every edge: REST, files, mappings, staging tables."""

"""The genealogy downwards as arrays on disk, and what happened since: for what reaches many thousand lots."""

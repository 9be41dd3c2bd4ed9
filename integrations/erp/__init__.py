"""The edge to other systems over REST; their words end here."""

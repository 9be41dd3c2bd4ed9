"""What comes in files and messages, as rows of texts and back; no tables of ours are touched here."""

"""Events of the plant for programs: each that a channel asked for is posted to it, signed, in order, missing none."""

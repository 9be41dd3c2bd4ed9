"""What the numbers say: control limits, run rules and capability as pure functions of arrays."""

"""OPC UA: servers that are subscribed to. asyncua is loaded when the first of them is."""

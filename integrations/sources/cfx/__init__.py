"""IPC-CFX (IPC-2591): JSON envelopes of lines that speak it, pushed over HTTP."""

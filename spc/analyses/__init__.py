"""One function per statistical job: plain parameters in, a dict that JSON can hold out; nothing is stored."""

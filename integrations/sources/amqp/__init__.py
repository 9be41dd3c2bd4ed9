"""AMQP 1.0 (OASIS Standard, 29 October 2012), as far as somebody needs who only receives."""

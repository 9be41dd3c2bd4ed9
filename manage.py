#!/usr/bin/env python
"""Django's command line for this plant; what only computes runs without a plant, too."""

import os
import sys

from django.core.management import execute_from_command_line

# They open no database and store nothing.
COMPUTING = {"spc_analyse", "capability", "gage_rr", "sampling_plan", "gs1_parse"}
NO_PLANT = {
    "SECRET_KEY": "used-while-computing-only", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if COMPUTING & set(sys.argv[1:2]):
        os.environ |= {name: value for name, value in NO_PLANT.items() if f"{name}_FILE" not in os.environ} | os.environ
    execute_from_command_line(sys.argv)

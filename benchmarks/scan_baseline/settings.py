"""The plant's own settings, with nothing but the baseline's one address."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.scan_baseline.urls"

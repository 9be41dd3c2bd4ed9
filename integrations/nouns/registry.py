"""All nouns by their codes."""

from integrations.nouns import changes, deliveries, floor, master, orders, quality, stock, stores, structures, upkeep
from integrations.nouns.noun import Noun
from integrations.nouns.replies import REPLIES

PARTS = (master, structures, changes, orders, floor, stock, stores, quality, upkeep, deliveries)
NOUNS: dict[str, Noun] = {noun.code: noun for part in PARTS for noun in part.NOUNS}
# What messages of connections bring besides; programs are offered none of it.
CARRIED: dict[str, Noun] = {**NOUNS, REPLIES.code: REPLIES}

"""All nouns by their codes."""

from integrations.nouns import master, orders, stock
from integrations.nouns.noun import Noun

NOUNS: dict[str, Noun] = {noun.code: noun for noun in (*master.NOUNS, *orders.NOUNS, *stock.NOUNS)}

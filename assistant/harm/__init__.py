"""How likely a message is to tell of harm: a small linear model over its words and letters, learnt from messages."""

from assistant.harm.model import log_odds
from assistant.harm.need import Need

__all__ = ["Need", "log_odds"]

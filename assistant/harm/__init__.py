"""How likely a message is to tell of harm: a small linear model over its words and letters, learnt from messages."""

from assistant.harm.model import log_odds

__all__ = ["log_odds"]

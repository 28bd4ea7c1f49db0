"""Questions to answers: what is asked, which plans hold it, their own words with proofs, or why there is no answer."""

from assistant.answer import Answer, Citation
from assistant.pipeline import Assistant, open_assistant
from assistant.question import Turn

__all__ = ["Answer", "Assistant", "Citation", "Turn", "open_assistant"]

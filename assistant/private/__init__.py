"""What in a question is somebody's own: names, numbers and addresses, taken out before it leaves and put back after."""

from assistant.private.masking import Masked, masked

__all__ = ["Masked", "masked"]

"""The page: a Gradio chat in FastAPI, answer left, sources right, closed by default; it reports to nobody."""

import os

# Read by Gradio and by the model hub's client when they are imported; not left to what is set outside.
os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_DISABLE_TELEMETRY="1")

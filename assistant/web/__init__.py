"""The chat page: a Gradio application inside our own site. Nothing of it reports to anybody, whatever is set outside."""

import os

# Gradio and the model hub's client read these when they are imported.
os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_DISABLE_TELEMETRY="1")

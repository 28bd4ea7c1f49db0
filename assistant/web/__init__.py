"""The page: a Gradio chat in FastAPI, answer left, sources right, closed by default; it reports to nobody."""

import os

# Read by Gradio and by the model hub's client when they are imported; not left to what is set outside.
os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_DISABLE_TELEMETRY="1")
# Gradio would add up its figures of the last 10,000 questions after each, for a dashboard that is shut.
os.environ.update(GRADIO_ANALYTICS_MAX_EVENTS="1", GRADIO_ANALYTICS_CACHE_FREQUENCY=str(10**12))
# Gradio looks for drawings made by each question; without this it would first ask the screen, a second for the first.
os.environ["MPLBACKEND"] = "agg"

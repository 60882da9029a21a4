"""The site beside a watch: its generator builds it once a save, when outputs are written."""

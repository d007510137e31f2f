"""Reach's figures: Vega-Lite specifications of what a finding says, each with its table."""

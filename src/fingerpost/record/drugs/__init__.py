"""Medicines as people name them, and which of them were one regimen."""

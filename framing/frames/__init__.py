"""Frames: codebooks, classifiers that label them, honest evaluation, safe storage."""

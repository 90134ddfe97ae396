"""Even-handedness: rates and errors by side, and what swapped names change."""

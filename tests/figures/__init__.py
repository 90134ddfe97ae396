"""Tests of the figures; a package so that its conftest has a name of its own."""

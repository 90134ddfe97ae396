"""Texts: reading, words, sentences, quotation, whose words."""

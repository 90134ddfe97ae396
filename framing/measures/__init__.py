"""Statistics: tables of scores in, tables of estimates out."""

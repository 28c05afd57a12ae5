"""Turns the records of one run into one self-contained HTML page; reads files, never loads plugins."""

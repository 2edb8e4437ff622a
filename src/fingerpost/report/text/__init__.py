"""The answers as plain text: at most 100 columns, no colour, no boxes."""

"""Values as they are written (numbers, units, dates, words), for every importer the same way."""

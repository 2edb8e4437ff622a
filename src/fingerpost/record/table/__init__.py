"""Tables of people: CSV, TSV, Parquet and Excel, read by a mapping file.

```
files --> text_file, excel_file --> workspace (DuckDB, all cells as text, sorted by person)
mapping file (YAML) --> mapping, mapping_file --> cells, treatments, variants
both --> people: one Record for each person, and a summary for each column
```
"""

"""OMOP CDM 5.4 as records: SQL views give codes back, and the FHIR room reads them.

```
CDM tables (DuckDB file, folder of Parquet or CSV) --> tables --> views.sql --> read --> Record
knowledge/data/codes --> codes --> fingerpost_codes, which the views join to
```
No content of the OMOP vocabularies is shipped: the site's own `concept` table is used.
"""

"""The command that prints the published JSON Schemas."""

from __future__ import annotations

from pathlib import Path

import click

from fingerpost.cli.shell import example, output_option, write

NAMES = (
    *("record", "options", "facts", "missing", "review", "compare", "changes", "coverage", "drugs"),
    *("names", "lines", "symptoms", "plan", "sheet", "read", "export", "errors", "mapping"),
)


@click.command(
    epilog=example("fingerpost schema options"),
    short_help="Print the JSON Schema of a record or of an answer.",
)
@click.argument("name", metavar="NAME", type=click.Choice(NAMES))
@output_option("Write the schema to this file.")
def schema(name: str, output: Path | None) -> None:
    """Print the JSON Schema (draft 2020-12) of a form record or of an answer in JSON.

    NAME is the record, or the answer of a command: `review` is that of `record check`, `lines` that
    of `record lines`, `names` that of `name`, `sheet` that of `report`, `changes` that of `knowledge
    diff`, `export` that of `knowledge export`; `mapping` is the file that says how a table is read.
    """
    from fingerpost.report.schema import answer_schema, schema_text

    if name == "export":
        from fingerpost.report.export import export_schema

        write(schema_text(export_schema()), output)
        return
    if name == "mapping":
        from fingerpost.record.table.mapping import mapping_schema

        write(schema_text(mapping_schema()), output)
        return
    if name != "record":
        write(schema_text(answer_schema(name)), output)
        return
    from fingerpost.cli.about import known
    from fingerpost.record.form.schema import form_schema

    knowledge = known()
    write(schema_text(form_schema(knowledge.facts, knowledge.drugs, knowledge.classes)), output)

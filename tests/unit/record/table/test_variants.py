"""Changes in genes: a silent one does not count, and a gene without a row is seldom negative."""

from __future__ import annotations

import pytest

from tests.unit.record.said import codes, findings, value

TEXT = """
fingerpost_mapping: 1
name: invented
tables:
  samples: {has: [id, kind], id: id, sample: sample, rows: several,
            specimen: {column: kind, values: {Primary: primary, Met: metastasis}}}
  changes:
    has: [gene]
    sample: barcode
    rows: several
    variants:
      gene: gene
      change: kind_of_change
      protein: protein
      changes: {counted: [Missense_Mutation, Nonsense_Mutation], silent: [Silent], unclear: [Splice_Region]}
      origin: {column: status, values: {Somatic: somatic, Germline: germline}}
      sequenced: comment
      genes_studied: GENES
"""
SAMPLES = "id,sample,kind\np,s1,Primary\nq,s2,Met\nr,s3,Primary\n"
HEAD = "#Sequenced_Samples: s1 s2\nbarcode\tgene\tkind_of_change\tprotein\tstatus\n"
FEW = "[PIK3CA, PTEN, BRCA1, BRCA2, TP53]"


def people(read, *rows, genes=FEW, **more):
    changes = HEAD + "".join(f"{row}\n" for row in rows)
    return read({"s.csv": SAMPLES, "m.txt": changes}, TEXT.replace("GENES", genes), **more)


def test_a_change_counts_for_its_gene_with_the_words_and_the_row(read):
    record = people(read, "s1\tPIK3CA\tMissense_Mutation\tp.H1047R\tSomatic")["p"]
    assert value(record, "pik3ca_mutation") == "present"
    (finding,) = findings(record, "pik3ca_mutation")
    assert "PIK3CA" in finding.source.words
    assert "p.H1047R" in finding.source.words
    assert finding.source.reference == "m.txt, row 3"
    assert (finding.source.kind, finding.specimen) == ("table", "primary")


def test_a_silent_change_is_none(read):
    record = people(read, "s1\tPIK3CA\tSilent\tp.T146=\tSomatic")["p"]
    assert value(record, "pik3ca_mutation") == "absent"


def test_an_unclear_change_leaves_the_gene_open(read):
    record = people(read, "s1\tPIK3CA\tSplice_Region\tp.X1\tSomatic")["p"]
    assert findings(record, "pik3ca_mutation") == []
    assert value(record, "pten_alteration") == "absent"


def test_a_word_of_the_change_column_that_the_mapping_lacks_leaves_the_gene_open(read):
    record = people(read, "s1\tPIK3CA\tNew_Kind\tp.X1\tSomatic")["p"]
    assert findings(record, "pik3ca_mutation") == []


def test_a_gene_is_negative_only_if_sample_and_gene_were_looked_at(read):
    everybody = people(read, "s1\tPIK3CA\tMissense_Mutation\tp.H1047R\tSomatic")
    assert value(everybody["q"], "pik3ca_mutation") == "absent"
    assert findings(everybody["q"], "pik3ca_mutation")[0].specimen == "metastasis"
    assert findings(everybody["q"], "esr1_mutation") == []
    assert everybody["r"].findings == ()


def test_without_a_panel_no_gene_is_negative(read):
    everybody = people(read, "s1\tPIK3CA\tMissense_Mutation\tp.H1047R\tSomatic", genes="[]")
    assert everybody["q"].findings == ()


def test_the_genes_of_the_file_are_the_panel_only_if_the_mapping_says_so(read):
    rows = ("s1\tPIK3CA\tMissense_Mutation\tp.H1047R\tSomatic",)
    everybody = people(read, *rows, genes="of_this_file")
    assert value(everybody["q"], "pik3ca_mutation") == "absent"
    assert findings(everybody["q"], "pten_alteration") == []


def test_a_panel_file_of_cbioportal(read, tmp_path):
    panel = tmp_path / "data_gene_panel_x.txt"
    panel.write_text("stable_id: x\ndescription: y\ngene_list:\tESR1\tAKT1\n")
    everybody = people(read, "s1\tPIK3CA\tSilent\tx\tSomatic", panel=panel)
    assert value(everybody["q"], "akt1_alteration") == "absent"
    assert findings(everybody["q"], "pten_alteration") == []


def test_whether_a_brca_change_is_inherited_is_never_guessed(read):
    row = "s1\tBRCA1\tNonsense_Mutation\tp.Y1463*\t{}"
    unsaid = people(read, row.format(""))["p"]
    assert findings(unsaid, "somatic_brca_mutation") == []
    assert findings(unsaid, "germline_brca1") == []
    assert "origin_unsaid" in codes(unsaid)
    somatic = people(read, row.format("Somatic"))["p"]
    assert value(somatic, "somatic_brca_mutation") == "present"
    assert findings(somatic, "germline_brca1") == []


def test_genes_that_no_label_asks_for_say_nothing(read):
    record = people(read, "s1\tERBB2\tMissense_Mutation\tp.S310F\tSomatic", genes="[]")["p"]
    assert record.findings == ()


def test_rows_of_samples_of_nobody_are_counted(tmp_path, dictionaries):
    from fingerpost.record.table.mapping_file import parse_mapping
    from fingerpost.record.table.people import open_tables
    from fingerpost.record.table.workspace import Workspace

    (tmp_path / "s.csv").write_text(SAMPLES)
    (tmp_path / "m.txt").write_text(f"{HEAD}s9\tPIK3CA\tMissense_Mutation\tp.H1047R\tSomatic\n")
    shape = parse_mapping(TEXT.replace("GENES", FEW).encode(), "m.yaml", dictionaries)
    with Workspace() as workspace:
        files = [tmp_path / "s.csv", tmp_path / "m.txt"]
        tables = open_tables(files, shape, dictionaries, workspace)
        assert tables.orphans == {"m.txt": 1}


@pytest.mark.parametrize(
    "origin", ["Wildtype", "None", "LOH", "Post-transcriptional modification", "?!"]
)
def test_an_origin_that_the_mapping_does_not_know_may_be_no_change_at_all(read, origin):
    record = people(read, f"s1\tPIK3CA\tMissense_Mutation\tp.H1047R\t{origin}")["p"]
    assert findings(record, "pik3ca_mutation") == []
    assert value(record, "pten_alteration") == "absent"
    assert "not_understood" in codes(record)


@pytest.mark.parametrize("origin", ["", "NA", "Unknown", ".", "somatic", " SOMATIC "])
def test_one_that_is_not_stated_leaves_the_change_as_it_is(read, origin):
    record = people(read, f"s1\tPIK3CA\tMissense_Mutation\tp.H1047R\t{origin}")["p"]
    assert value(record, "pik3ca_mutation") == "present"
    assert "not_understood" not in codes(record)

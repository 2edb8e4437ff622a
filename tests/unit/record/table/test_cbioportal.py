"""The shipped mappings for cBioPortal: on invented files, and on METABRIC where it is at hand."""

from __future__ import annotations

from collections import Counter

import pytest

from fingerpost.record.table.mapping_file import read_mapping
from fingerpost.record.table.people import open_tables
from fingerpost.record.table.workspace import Workspace
from tests.unit.record.said import codes, public_data, short, value

FOLDER = public_data() / "cohorts" / "metabric"
PATIENTS = (
    "#Patient Identifier\tSex\tMenopause\n#x\tx\tx\n#STRING\tSTRING\tSTRING\n#1\t1\t1\n"
    "PATIENT_ID\tSEX\tMENOPAUSE_STATUS\n"
    "T-1\tFEMALE\tPost (prior bilateral ovariectomy OR >12 mo since LMP with no prior hysterectomy)\n"
    "T-2\tMALE\t[Not Available]\n"
)
SAMPLES = (
    "#Patient Identifier\tSample\tx\tx\tx\tx\n"
    "PATIENT_ID\tSAMPLE_ID\tSAMPLE_TYPE\tER_STATUS_BY_IHC\tIHC_HER2\tHER2_FISH_STATUS\n"
    "T-1\tT-1-01\tPrimary\tPositive\tNegative\t[Not Evaluated]\n"
    "T-1\tT-1-06\tMetastasis\tNegative\tEquivocal\tPositive\n"
    "T-2\tT-2-01\tPrimary\tIndeterminate\t[Not Available]\t[Not Available]\n"
)


def people_of(paths, name, dictionaries):
    with Workspace() as workspace:
        shape = read_mapping(name, dictionaries)
        tables = open_tables(paths, shape, dictionaries, workspace)
        return {person.id: person.record for person in tables.people()}


@pytest.fixture
def invented(tmp_path, dictionaries):
    (tmp_path / "data_clinical_patient.txt").write_text(PATIENTS)
    (tmp_path / "data_clinical_sample.txt").write_text(SAMPLES)
    return people_of(sorted(tmp_path.iterdir()), "cbioportal", dictionaries)


def test_patients_and_samples_of_a_study_are_one_record(invented):
    record = invented["T-1"]
    assert value(record, "menopausal_status_reported") == "postmenopausal"
    stains = [
        (short(each.value), each.specimen) for each in record.findings if each.fact == "her2_ihc"
    ]
    assert stains == [({"0", "1+"}, "primary"), ("2+", "metastasis")]
    fish = [short(each.value) for each in record.findings if each.fact == "her2_ish"]
    assert fish == ["absent: not_tested", "positive"]
    assert value(invented["T-2"], "er_reported") == "absent: not_known"
    assert {code for each in invented.values() for code in codes(each)} == set()


@pytest.fixture(scope="module")
def metabric(dictionaries):
    if not FOLDER.is_dir():
        pytest.skip("METABRIC is not here (set FINGERPOST_PUBLIC_DATA)")
    return people_of(sorted(FOLDER.iterdir()), "metabric", dictionaries)


def counted(people, fact):
    said = (
        short(each.value)
        for record in people.values()
        for each in record.findings
        if each.fact == fact
    )
    return Counter(str(each) for each in said)


def test_metabric_is_read_whole(metabric):
    assert len(metabric) == 2509
    assert counted(metabric, "er_reported") == {
        "positive": 1817,
        "negative": 609,
        "absent: not_stated": 83,
    }
    assert counted(metabric, "her2_reported")["positive"] == 247
    assert sum(counted(metabric, "grade").values()) == 2509
    assert "not_understood" not in {code for each in metabric.values() for code in codes(each)}


def test_no_array_is_taken_for_a_stain_or_a_gene_test(metabric):
    facts = {each.fact for record in metabric.values() for each in record.findings}
    assert not facts & {"her2_ihc", "her2_ish", "menopausal_status_reported", "birth_date"}


def test_the_genes_of_metabric(metabric):
    assert counted(metabric, "pik3ca_mutation") == {"present": 1112, "absent": 1534}
    # No sample was sequenced for ESR1, and no origin is said for BRCA.
    assert counted(metabric, "esr1_mutation") == {}
    assert "present" not in counted(metabric, "somatic_brca_mutation")

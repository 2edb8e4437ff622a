"""The person: birth date and sex."""

from __future__ import annotations

from fingerpost.record.fhir.chart import Chart, Place, where_of
from fingerpost.record.fhir.shape import Resource, code_of, days, extensions, text
from fingerpost.record.written.date_text import after
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice

_SEX = {"f": "female", "female": "female", "m": "male", "male": "male"}
_SEX |= {"248152002": "female", "248153007": "male"}


def read_patient(chart: Chart, patient: Resource) -> None:
    """Birth date and sex; the sex noted at birth counts before the administrative gender.

    Labels speak of women and men for the sake of ovaries and hormones; the gender of a passport says
    less of these.
    """
    where = where_of(patient)
    birth = text(patient.get("birthDate"))
    born = days(birth) if birth else None
    if born is not None and not after(born, chart.dictionaries.on):
        chart.find("birth_date", born, Place(where, words=birth))
    elif birth:
        what = "this date of birth cannot be right, so it was not used"
        chart.warn("not_understood", where, what, "state birth_date in a form")
        chart.find("birth_date", Absent(AbsenceKind.NOT_UNDERSTOOD), Place(where, words=birth))
    at_birth = _at_birth(patient)
    gender = text(patient.get("gender")).casefold()
    if at_birth and _SEX.get(gender, at_birth) != at_birth:
        what = "sex at birth and administrative gender differ; sex at birth was taken"
        chart.warn("contradicts", where, what, "check which of the two the question is about")
    sex = at_birth or _SEX.get(gender)
    if sex:
        chart.find("sex", Choice(frozenset({sex})), Place(where, words=sex))
    elif gender:
        chart.find("sex", Absent(AbsenceKind.NOT_KNOWN), Place(where, words=gender))
    if patient.get("deceasedBoolean") is True or text(patient.get("deceasedDateTime")):
        chart.warn("deceased", where, "the record says that this person has died")


def _at_birth(patient: Resource) -> str | None:
    for name in ("us-core-birthsex", "us-core-sex"):
        for each in extensions(patient, name):
            code = text(each.get("valueCode")) or code_of(each.get("valueCodeableConcept"))
            code = code or code_of({"coding": [each.get("valueCoding")]})
            sex = _SEX.get(code.casefold())
            if sex:
                return sex
    return None

"""Reading the text of a pathology report: every finding with the words it came from.

```
text -> ReportText (verbatim, with its sections, parts and lines)
     -> each reader of READERS (readers.py) -> Statements, each with its span
     -> Reading (read.py) -> Record
```

A new kind of finding (grade, size, nodes ...) is a module with one function

```
def read_grade(report: ReportText, dictionaries: Dictionaries) -> list[Statement]: ...
```

that looks through `report.folded` (lower case, every character at the same place as in
`report.text`), and says what it found with `report.statement(fact, value, start, end)`; section,
part, line and words are filled in there. Then a line in `readers.py`, and nothing else.

What a reader must keep to:

* `text[start:end]` is what a person should see marked: the finding and its value, no more.
* A value is what may still be true (`Choice`, `Interval` ...), or `Absent` with its kind: "pending",
  "not performed" and "cannot be determined" are statements too, never a silence and never a value.
* What is not about this cancer now (history, criteria, controls) is no statement; what was read and
  must not count (in situ only, superseded) is one with `counts=False` and a note that says why.
"""

"""The form: a record that a person or a program writes by hand, read and written."""

"""What a report says of the tumor besides its receptors: stage, size, nodes, grade, type, genes.

One module for each kind of finding; `scope.py` tells which places of a report count, and
`written_numbers.py` reads numbers as reports write them.
"""

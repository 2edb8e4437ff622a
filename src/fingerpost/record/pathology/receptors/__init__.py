"""Receptors, Ki-67 and PD-L1 in report text.

```
text -> spelling (slips of reading mended) -> marks (markers, results, numbers, methods ...)
     -> zones taken out (criteria, controls, boxes without a cross)
     -> mentions (which result belongs to which marker) -> statements
```
"""

"""Reports that come as a PDF, with text in it or scanned: their text, page by page.

```
bytes -> worker (a process of its own) -> pieces of text -> layout -> text of the page
                                       -> a picture      -> Tesseract, where installed
```
"""

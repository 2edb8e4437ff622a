"""The pages on this computer: a calm place to prepare for a visit. No rule of treatment lives here.

```
browser -> protection -> application -> pages/<group> -> answers -> engine -> templates -> browser
```
"""

"""A module with a page in it, whose code does not run, and with code that does.

--8<-- "piece.md"

```python
--8<-- "piece.py"
print(x)
#> 2
```
"""

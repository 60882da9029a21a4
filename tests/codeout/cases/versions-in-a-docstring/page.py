"""A module.

<!-- codeout: out -->
```python
print("here")
```

```
with a newer Python
```

<!-- codeout: out python<4 -->
```
old
```

<!-- codeout: out python>=4 -->
```
newest
```
"""

#!/usr/bin/env bash
# scikit-learn 1.9.1: a Pipeline that has just been fitted says that it is not fitted, if its last
# step is a transformer that learns nothing.
#
# Expected: `pipeline.fit(X)` and then `pipeline.transform(X)` work, as the transformer itself does
# and as `pipeline.fit_transform(X)` does on the same steps; they did in 1.5.2.
# Seen: `transform` raises NotFittedError: "Call 'fit' with appropriate arguments". A step counts
# as fitted only if it has an attribute that ends in an underscore, or the tag `requires_fit=False`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > double.py <<'PYTHON'
import sklearn
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.pipeline import Pipeline


class Double(TransformerMixin, BaseEstimator):
    def fit(self, X, y=None):
        return self

    def transform(self, X):
        return [[2 * x for x in row] for row in X]


X = [[1]]
assert Double().fit(X).transform(X) == [[2]]
pipeline = Pipeline([("double", Double())])
assert pipeline.fit_transform(X) == [[2]]
pipeline.fit(X)
try:
    print(f"scikit-learn {sklearn.__version__}: {pipeline.transform(X)}")
except Exception as error:
    print(f"scikit-learn {sklearn.__version__}: {type(error).__name__}: {error}")
PYTHON

for version in 1.5.2 1.9.1; do
    python3 -m venv "venv-$version"
    "venv-$version/bin/pip" install --quiet --disable-pip-version-check "scikit-learn==$version"
    "venv-$version/bin/python" double.py | tee "$version.txt"
done
grep -qF ': [[2]]' 1.5.2.txt
grep -q 'NotFittedError: This Pipeline instance is not fitted yet' 1.9.1.txt

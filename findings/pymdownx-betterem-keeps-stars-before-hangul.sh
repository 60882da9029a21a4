#!/usr/bin/env bash
# pymdown-extensions 13.1.2: BetterEm, also as part of `pymdownx.extra`, no longer makes text bold
# that ends in punctuation when a letter follows at once, as a Korean particle always does.
#
# Expected: `**텐서(tensor)**는` is bold, as in Python-Markdown and in BetterEm 11. That the rules of
# CommonMark fail on such text is known; Python-Markdown was where it did not happen.
# Seen: the stars stand on the page (in 12.3, too), and nothing reports them. A site in Korean,
# Japanese or Chinese that upgrades has to look for them itself; without BetterEm they are bold.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check markdown==3.11.3 pymdown-extensions==13.1.2

cat > render.py <<'PYTHON'
import sys
from importlib.metadata import version

import markdown

print(version("pymdown-extensions"), *sys.argv[1:])
for text in ("**텐서**는", "**텐서(tensor)**는", '**"텐서"**는', "**`torch`**는", "**f(x)**s"):
    print(markdown.markdown(text, extensions=sys.argv[1:]))
PYTHON
export PYTHONUTF8=1
{
  venv/bin/python render.py
  venv/bin/python render.py pymdownx.betterem
  venv/bin/pip install --quiet --disable-pip-version-check pymdown-extensions==11.0.2
  venv/bin/python render.py pymdownx.betterem
} > seen.txt
cat > expected.txt <<'END'
13.1.2
<p><strong>텐서</strong>는</p>
<p><strong>텐서(tensor)</strong>는</p>
<p><strong>"텐서"</strong>는</p>
<p><strong><code>torch</code></strong>는</p>
<p><strong>f(x)</strong>s</p>
13.1.2 pymdownx.betterem
<p><strong>텐서</strong>는</p>
<p>**텐서(tensor)**는</p>
<p>**"텐서"**는</p>
<p><strong><code>torch</code></strong>는</p>
<p>**f(x)**s</p>
11.0.2 pymdownx.betterem
<p><strong>텐서</strong>는</p>
<p><strong>텐서(tensor)</strong>는</p>
<p><strong>"텐서"</strong>는</p>
<p><strong><code>torch</code></strong>는</p>
<p><strong>f(x)</strong>s</p>
END
cat seen.txt
diff expected.txt seen.txt

#!/usr/bin/env bash
# Python-Markdown 3.11.3: with `abbr`, an abbreviation is not marked where a Korean particle follows
# it at once, which is nearly everywhere in Korean text.
#
# Expected: `GPU` is marked in "GPU는 빠르다" as in "a GPU is fast": where the letters of an
# abbreviation end, it ends; only "GPUs" is another word.
# Seen: a Korean syllable is a letter to `\b`, so that only an abbreviation before a blank or a mark
# has its explanation. A glossary that is appended to each page, as Material for MkDocs shows it,
# explains "GPU" in 1 of these 4 sentences, while the English text beside them has all, and nothing
# warns of a definition that no word of the page uses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Markdown==3.11.3

cat > mark.py <<'PYTHON'
import markdown

SENTENCES = [
    "GPU는 빠르다.",
    "GPU에서 계산한다.",
    "CPU와 GPU의 차이.",
    "GPU 한 장.",
    "The GPU is fast.",
    "On the GPU, it is fast.",
]
for sentence in SENTENCES:
    page = markdown.markdown(f"{sentence}\n\n*[GPU]: a processor", extensions=["abbr"])
    print("marked" if '<abbr title="a processor">GPU</abbr>' in page else "plain ", sentence)
PYTHON
echo "Python-Markdown 3.11.3, abbr:"
venv/bin/python mark.py | tee seen.txt
cat > expected.txt <<'END'
plain  GPU는 빠르다.
plain  GPU에서 계산한다.
plain  CPU와 GPU의 차이.
marked GPU 한 장.
marked The GPU is fast.
marked On the GPU, it is fast.
END
diff expected.txt seen.txt

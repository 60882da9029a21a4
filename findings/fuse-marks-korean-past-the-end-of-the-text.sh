#!/usr/bin/env bash
# Fuse.js 7.5.0: with `ignoreDiacritics`, the places of matches in Korean text lie beyond its end, and
# "모델" (model) finds "데이터" (data).
#
# Expected: the option takes accents off Latin letters. Korean has none, so its hits and the indices of
# `includeMatches`, by which a page highlights them, stay as they are without the option.
# Seen: text is decomposed, and then only marks are taken off. "é" is one letter again, but a syllable of
# Korean stays two or three, and the indices count those: 9 to 16 in a text of seven characters. As the
# letters of two words have more in common than their syllables, the search is looser, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fuse.js@7.5.0 > told.txt 2>&1 || { cat told.txt >&2; exit 1; }

cat > search.mjs <<'JAVASCRIPT'
import Fuse from "fuse.js";

const texts = ["텐서를 만든다", "데이터를 불러온다", "un café à Paris"];
for (const ignoreDiacritics of [false, true]) {
  const fuse = new Fuse(texts, { ignoreDiacritics, includeMatches: true, ignoreLocation: true });
  for (const query of ["만든다", "모델", "Paris"]) {
    const hits = fuse.search(query).map(({ item, matches }) => {
      const [first, last] = matches[0].indices[0];
      return `${item} ${first}-${last} "${item.slice(first, last + 1)}"`;
    });
    console.log(`${ignoreDiacritics}, ${query}: ${hits.join("; ") || "nothing"}`);
  }
}
JAVASCRIPT
echo "Fuse.js 7.5.0, ignoreDiacritics:"
node search.mjs | tee seen.txt
cat > expected.txt <<'END'
false, 만든다: 텐서를 만든다 4-6 "만든다"
false, 모델: nothing
false, Paris: un café à Paris 10-14 "Paris"
true, 만든다: 텐서를 만든다 9-16 ""
true, 모델: 데이터를 불러온다 0-1 "데이"
true, Paris: un café à Paris 10-14 "Paris"
END
diff expected.txt seen.txt

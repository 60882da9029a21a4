#!/usr/bin/env bash
# torchvision 0.29.2 with torch 2.15.0, x86-64: `v2.ToDtype(torch.uint8, scale=True)` after a bicubic
# resize of floats turns white beside an edge into black, and black into white.
#
# Expected: the resize of floats goes a little above 1 and below 0 at edges, as bicubic does, and the
# conversion to bytes keeps to 0 and 255, as the resize of bytes does on the same picture.
# Seen: there is no limit: 1.07 becomes 17 and -0.07 becomes 239, so each sharp edge gets a line of
# the opposite colour, without a warning. The documentation speaks of the range of the type, not of
# values outside of it. `clamp(0, 1)` before the conversion, or a resize of bytes, avoids it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  torch==2.15.0 torchvision==0.29.2 numpy==2.4.6

cat > edge.py <<'PYTHON'
import torch
from torchvision.transforms import v2

square = torch.zeros(1, 8, 8, dtype=torch.uint8)
square[:, 2:6, 2:6] = 255
resize = v2.Resize(16, interpolation=v2.InterpolationMode.BICUBIC)
floats = v2.ToDtype(torch.float32, scale=True)
octets = v2.ToDtype(torch.uint8, scale=True)
limit = v2.Lambda(lambda picture: picture.clamp(0, 1))
for name, steps in {
    "bytes": [resize],
    "floats": [floats, resize, octets],
    "floats, clamped": [floats, resize, limit, octets],
}.items():
    print(f"{name}:", *v2.Compose(steps)(square)[0, 8].tolist()[:8])
PYTHON
venv/bin/python edge.py > seen.txt
cat > expected.txt <<'END'
bytes: 0 0 0 52 203 255 255 255
floats: 0 251 239 51 203 17 5 255
floats, clamped: 0 0 0 51 203 255 255 255
END
echo "torchvision 0.29.2, a line from black to white:"
cat seen.txt
diff expected.txt seen.txt

"""Vision: boxes, masks and a small network from torchvision."""

# %%
import torch
from torchvision.models import squeezenet1_1
from torchvision.ops import box_area, box_convert, box_iou, masks_to_boxes, nms
from torchvision.utils import draw_bounding_boxes

torch.manual_seed(0)
boxes = torch.tensor([[0.0, 0.0, 4.0, 4.0], [2.0, 2.0, 6.0, 6.0], [0.0, 0.0, 4.0, 5.0]])
print(boxes)
# %%
print(box_area(boxes))
# %%
print(box_iou(boxes, boxes))
# %%
print(box_convert(boxes, "xyxy", "cxcywh"))
# %%
kept = nms(boxes, torch.tensor([0.9, 0.8, 0.7]), iou_threshold=0.5)
print(kept)
# %%
mask = torch.zeros(1, 8, 8)
mask[:, 2:5, 3:7] = 1
print(masks_to_boxes(mask))
# %%
canvas = torch.zeros(3, 8, 8, dtype=torch.uint8)
drawn = draw_bounding_boxes(canvas, boxes[kept], colors="white")
print(drawn.count_nonzero())
# %%
network = squeezenet1_1(weights=None, num_classes=5)
print(sum(weight.numel() for weight in network.parameters()))
# %%
print(network.classifier)
# %%
network.eval()
with torch.no_grad():
    logits = network(torch.rand(1, 3, 48, 48))
print(logits.shape)
# %%
print(logits.softmax(dim=1).sum())
# %%
features = network.features[:3](torch.rand(1, 3, 48, 48))
print(features.shape)

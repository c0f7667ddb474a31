"""Small trees that add up, as plain arrays: trained elsewhere, read with numpy alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

type Rows = npt.NDArray[np.float32]
type Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Forest:
    """Binary trees of one depth or less; a leaf is its own child.

    Attributes
    ----------
    base
        What all trees are added to.
    feature, threshold, left, right, value
        One row per tree, one column per node, the root first; left when `row[feature] <= threshold`.
    depth
        After so many steps every row is at a leaf.
    """

    base: float
    feature: npt.NDArray[np.int32]
    threshold: Values
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: Values
    depth: int

    def predict(self, rows: Rows) -> Values:
        """Return the value of each row; all rows and all trees at once."""
        count = len(rows)
        if not len(self.value):
            return np.full(count, self.base)
        trees, nodes = self.value.shape
        # Flat arrays and `take` cost a third of indexing in two dimensions.
        root = np.arange(trees, dtype=np.int32)[None, :] * nodes
        left, right = (self.left + root.T).ravel(), (self.right + root.T).ravel()
        feature, threshold, flat = self.feature.ravel(), self.threshold.ravel(), rows.ravel()
        line = np.arange(count, dtype=np.int32)[:, None] * rows.shape[1]
        node = np.broadcast_to(root, (count, trees))
        for _ in range(self.depth):
            goes_left = flat.take(line + feature.take(node)) <= threshold.take(node)
            node = np.where(goes_left, left.take(node), right.take(node))
        added: Values = self.value.ravel().take(node).sum(axis=1)
        return added + self.base

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "base": self.base,
            "depth": self.depth,
            "feature": self.feature.tolist(),
            "threshold": self.threshold.tolist(),
            "left": self.left.tolist(),
            "right": self.right.tolist(),
            "value": np.round(self.value, 2).tolist(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Forest":
        """Read what `to_json` wrote."""
        return cls(
            base=float(data["base"]),
            feature=np.array(data["feature"], dtype=np.int32),
            threshold=np.array(data["threshold"], dtype=np.float64),
            left=np.array(data["left"], dtype=np.int32),
            right=np.array(data["right"], dtype=np.int32),
            value=np.array(data["value"], dtype=np.float64),
            depth=int(data["depth"]),
        )

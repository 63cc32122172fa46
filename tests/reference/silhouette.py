"""Outlines of meshes in parallel projection and the distance between two of them, mm.

Parallel projection from in front is the mirror image of that from behind, so one of the two is measured.
"""
import numpy as np

STEP_MM = 0.5
VIEWS = {"behind/front": (0, 1, 2), "side": (2, 1, 0)}  # across, up, along the line of sight


class Frame:
    """A drawing board that holds all the meshes that are compared."""

    def __init__(self, meshes, view, margin=10.0):
        self.across, self.up, self.depth = VIEWS[view]
        points = np.vstack([v for v, _ in meshes])[:, [self.across, self.up]]
        self.low = points.min(0) - margin
        self.pixels = np.ceil((points.max(0) + margin - self.low) / STEP_MM).astype(int)

    def mask(self, meshes):
        """True where a pixel's middle lies behind a triangle of the meshes."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.collections import PolyCollection
        from matplotlib.figure import Figure
        figure = Figure(figsize=self.pixels / 100.0, dpi=100)
        canvas = FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        high = self.low + self.pixels * STEP_MM
        axes.set_xlim(self.low[0], high[0])
        axes.set_ylim(self.low[1], high[1])
        for vertices, triangles in meshes:
            flat = vertices[:, [self.across, self.up]][triangles]
            # A hair's line closes the seams that drawing without smoothing leaves between triangles.
            axes.add_collection(PolyCollection(flat, facecolors="k", edgecolors="k", linewidths=0.1, antialiaseds=False))
        canvas.draw()
        return np.flipud(np.asarray(canvas.buffer_rgba())[:, :, 0] < 128)

    def place(self, row, column):
        return self.low + STEP_MM * (np.stack([column, row], -1) + 0.5)


def edge(mask):
    """The mask's border pixels."""
    from scipy.ndimage import binary_erosion
    return mask & ~binary_erosion(mask)


def compare(ours, reference, keep=None):
    """Distances between two outlines at every border pixel of both.

    Returns (rows, columns, signed distance, of_ours): positive where ours lies outside the reference.
    `keep(rows, columns)` says which border pixels count.
    """
    from scipy.ndimage import distance_transform_edt
    edges = [edge(ours), edge(reference)]
    result = []
    for mine, other, inside_other, sign in ((edges[0], edges[1], reference, 1.0), (edges[1], edges[0], ours, -1.0)):
        rows, columns = np.nonzero(mine)
        if keep is not None:
            kept = keep(rows, columns)
            rows, columns = rows[kept], columns[kept]
        distance = distance_transform_edt(~other)[rows, columns] * STEP_MM
        outward = np.where(inside_other[rows, columns], -1.0, 1.0) * sign
        result.append((rows, columns, distance * outward, np.full(len(rows), sign > 0)))
    return tuple(np.concatenate(c) for c in zip(*result))


def clusters(rows, columns, distance, limit_mm, piece_mm, gap_px=20):
    """Stretches of outline beyond the limit on one side, in pieces of a height, largest distance first: indices."""
    from scipy.spatial import cKDTree
    from scipy.sparse.csgraph import connected_components
    found = []
    for side in (1, -1):
        chosen = np.nonzero(distance * side > limit_mm)[0]
        if not len(chosen):
            continue
        tree = cKDTree(np.stack([rows[chosen], columns[chosen]], 1))
        graph = tree.sparse_distance_matrix(tree, gap_px)
        _, label = connected_components(graph, directed=False)
        piece = label * 10000 + (rows[chosen] * STEP_MM // piece_mm).astype(int)
        found += [chosen[piece == k] for k in np.unique(piece)]
    return sorted(found, key=lambda index: -np.abs(distance[index]).max())

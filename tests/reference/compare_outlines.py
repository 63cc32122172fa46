"""Silhouettes of the calibrated body beside the reference's, right half; limit 4 mm.

Where the skin's outline is further out or in than that, the report says whether the calibration asks for it: it does
where the fat and skin over the nearest muscle or bone are those of living.json, or where what lies under the skin was
moved by living volumes and by laying muscles down.
"""
import pathlib

import numpy as np

import silhouette
from reference_body import normals_of
from reference import SKIN, all_muscles, joined, module, read_obj, table, work_folders

LIMIT_MM = 4.0
COVER_TOLERANCE_MM = 4.0  # between the demanded and the built cover, as they are told apart here (est.)
PIECE_MM = 100.0  # long stretches are told in pieces of this height
RIM_FACING = 0.3  # cosine between normal and line of sight on the outline, at most (est.)
HEAD_Y, HAND_Y, FOOT_Y = 1600.0, 800.0, 110.0  # beyond these the skin is the reference's own


def right_half(mesh):
    vertices, triangles = mesh
    return vertices, triangles[vertices[triangles].mean(1)[:, 0] <= 0.0]


def structure_id(exported, muscle):
    return f"{muscle}_r" if (exported / f"{muscle}_r.obj").exists() else muscle  # the diaphragm is one for both sides


def firm(exported, reference):
    """Right and midline muscles and bones: id -> (group, ours, the reference's)."""
    parts = {}
    for name, muscle in all_muscles().items():
        if muscle.get("ref") and (reference / f"{muscle['ref']}.obj").exists():
            theirs = read_obj(reference / f"{muscle['ref']}.obj")
            if muscle.get("mirrored"):
                theirs = theirs[0] * [-1, 1, 1], theirs[1][:, ::-1]
            parts[structure_id(exported, name)] = ("muscles " + muscle["region"], theirs)
    for bone in table("bones")["bones"]:
        meshes = [read_obj(reference / f"{ref}.obj") for ref in bone["ref"] if (reference / f"{ref}.obj").exists()]
        if meshes and len(meshes) == len(bone["ref"]):
            parts[bone["id"]] = ("bones " + bone["group"], joined(meshes))
    return {name: (group, right_half(read_obj(exported / f"{name}.obj")), right_half(theirs))
            for name, (group, theirs) in parts.items()}


def statistics(label, distance):
    size = np.abs(distance)
    print(f"{label:34s} median {np.median(size):5.2f}  p95 {np.percentile(size, 95):6.2f}  max {size.max():6.2f} mm  "
          f"beyond {LIMIT_MM:g} mm on {(size > LIMIT_MM).mean():6.1%} of the outline")


class Rim:
    """The surface points that make a mesh's outline: from a place on the drawing back to the body."""

    def __init__(self, mesh, frame):
        from scipy.spatial import cKDTree
        vertices, triangles = mesh
        facing = np.abs(normals_of(vertices, triangles)[:, frame.depth])
        self.points = vertices[np.intersect1d(np.unique(triangles), np.nonzero(facing < RIM_FACING)[0])]
        self.tree = cKDTree(self.points[:, [frame.across, frame.up]])

    def at(self, place):
        return self.points[self.tree.query(place)[1]]


def demanded_cover(living, point):
    """(region, fat and skin asked for, what it was taken from) at the nearest place of the table."""
    best = min(((np.linalg.norm(np.array(at) - point), c) for c in living["cover"] for at in c["at"]), key=lambda r: r[0])
    c = best[1]
    bmi = table("calibration")["body"]["bmi"]
    fat = max(c["floor_mm"], c["men"]["f23"] + c["men"]["k"] * (bmi - 23))
    return c["region"], fat + c["skin_mm"], c["anchored_on"]


def verdict(living, point, reference_point, delta, ours, theirs):
    if point[1] > HEAD_Y or point[1] < FOOT_Y or (point[1] < HAND_Y and point[0] < -240):
        return "NOT demanded: head, hand and foot keep the reference's skin"
    cover, was = ours.dist(point[None])[0], theirs.dist(reference_point[None])[0]
    region, asked, source = demanded_cover(living, point)
    under = delta - (cover - was)  # how far the firm parts carry the skin
    words = f"{region}: cover {cover:.0f} mm (asked {asked:.0f}; reference {was:.0f}), firm parts {under:+.0f} mm"
    right_cover = abs(cover - asked) <= COVER_TOLERANCE_MM
    if right_cover and abs(cover - was) >= abs(delta) / 2:
        return f"demanded, fat and skin after {source}; {words}"
    if abs(under) >= abs(delta) / 2:
        return f"demanded by what lies beneath (volume, laying); {words}"
    return f"NOT demanded: {words}"


def skin_report(view, ours, theirs, firm_ours, firm_theirs, pictures):
    frame = silhouette.Frame([ours, theirs], view)
    masks = [frame.mask([mesh]) for mesh in (ours, theirs)]

    def keep(rows, columns):  # where the right half was cut off there is no outline
        if frame.across != 0:
            return np.ones(len(rows), bool)
        return frame.place(rows, columns)[:, 0] < -2.0

    rows, columns, distance, of_ours = silhouette.compare(*masks, keep)
    statistics(f"skin, {view}", distance[of_ours])
    living, seen, reference_seen = table("living"), Rim(ours, frame), Rim(theirs, frame)
    unasked = 0
    for index in silhouette.clusters(rows, columns, distance, LIMIT_MM, PIECE_MM):
        mine = index[of_ours[index]]
        if len(mine) * silhouette.STEP_MM < 4.0:
            continue  # specks and the reference's half of a stretch
        k = mine[np.abs(distance[mine]).argmax()]
        place = frame.place(rows[k], columns[k])
        low, high = frame.place(rows[mine], columns[mine])[:, 1][[0, -1]]
        point = seen.at(place)
        words = verdict(living, point, reference_seen.at(place), distance[k], firm_ours, firm_theirs)
        unasked += words.startswith("NOT")
        print(f"    {distance[k]:+6.1f} mm over {len(mine) * silhouette.STEP_MM:4.0f} mm, y {low:.0f} to {high:.0f}, most at "
              f"({', '.join(f'{c:.0f}' for c in point)}): {words}")
    if pictures:
        picture(pictures / f"outline_{view.split('/')[0]}.png", masks)
    return unasked


def picture(path, masks):
    from matplotlib.image import imsave
    image = np.full((*masks[0].shape, 3), 255, np.uint8)
    image[masks[0] & masks[1]] = (220, 220, 220)
    image[masks[0] & ~masks[1]] = (200, 60, 40)
    image[~masks[0] & masks[1]] = (40, 90, 200)
    imsave(path, np.flipud(image))


def run(arguments):
    pictures = pathlib.Path(arguments[1]) if arguments[:1] == ["--pictures"] else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    check = module("check_muscles")
    unasked = 0
    with work_folders(calibrated=True) as (exported, reference), work_folders() as (uncalibrated, _):
        parts = firm(exported, reference)
        ours, theirs = right_half(read_obj(exported / "skin.obj")), right_half(read_obj(reference / f"{SKIN}.obj"))
        # Muscles that the reference lacks still lie under our skin.
        # What the reference data lack lies under the skin all the same: as calibrated, and as the tables have it.
        names = {structure_id(exported, m) for m in all_muscles()} | {b["id"] for b in table("bones")["bones"]}
        more = [[right_half(read_obj(folder / f"{name}.obj")) for name in sorted(names - set(parts))]
                for folder in (exported, uncalibrated)]
        targets = [check.Target(*joined([p[side] for p in parts.values()] + rest)) for side, rest in zip((1, 2), more)]
        print("right half; + ours outside, - ours inside the reference\n")
        for view in silhouette.VIEWS:
            unasked += skin_report(view, ours, theirs, *targets, pictures)
        print("\nmuscles and bones of the calibrated body, for information")
        for group in sorted({p[0] for p in parts.values()}):
            own = [p for p in parts.values() if p[0] == group]
            for view in silhouette.VIEWS:
                frame = silhouette.Frame([m for p in own for m in p[1:]], view)
                result = silhouette.compare(frame.mask([p[1] for p in own]), frame.mask([p[2] for p in own]))
                statistics(f"{group}, {view}", result[2])
    print(f"\n{unasked} stretches of the skin's outline beyond {LIMIT_MM:g} mm that the calibration does not ask for")
    return unasked == 0

"""Bones of the uncalibrated body beside the reference; limit of the median mean surface distance: 1.5 mm."""
import numpy as np
from scipy.spatial import cKDTree

from reference import joined, module, read_obj, surface_distance, table, work_folders

MEDIAN_MM = 1.5


def worst_of(check, bone, ours, reference):
    """The point furthest from the other surface: distance, which surface it lies on, place (mm)."""
    found = []
    for mesh, other, label in ((ours, reference, "of ours"), (reference, ours, "of the reference's")):
        points = check.scatter(*mesh, 10000, 6)
        if bone.get("outer") and mesh is reference:
            points = points[check.bone_sdf(points, bone) > -4.0]
        distance = cKDTree(check.scatter(*other, 120000, 5)).query(points)[0]
        k = int(distance.argmax())
        found.append((distance[k], label, tuple(int(round(c)) for c in points[k])))
    return max(found)


def one_way(check, bone, ours, reference):
    """How far the reference's points lie from our surface, in words."""
    points = check.scatter(*reference, 10000, 6)
    if bone.get("outer"):
        points = points[check.bone_sdf(points, bone) > -4.0]
    distance = surface_distance(ours, points)
    k = int(distance.argmax())
    return (f"; from the others to ours mean {distance.mean():.2f}  p95 {np.percentile(distance, 95):.2f}  worst "
            f"{distance[k]:.1f} mm at {tuple(int(round(c)) for c in points[k])}")


def run(names):
    check = module("check_bones")
    rows = []
    with work_folders() as (exported, reference):
        for bone in table("bones")["bones"]:
            if names and bone["id"] not in names and bone["group"] not in names:
                continue
            meshes = [reference / f"{ref}.obj" for ref in bone["ref"]]
            missing = [m.stem for m in meshes if not m.exists()]
            ours = exported / f"{bone['id']}.obj"
            if not ours.exists():
                raise SystemExit(f"{ours} is missing: the export does not hold {bone['id']}")
            refs = [check.read_obj(str(m), 1.0) for m in meshes if m.exists()]
            built = read_obj(ours)
            if missing:  # the rest is measured one way only and stays out of the median
                print(f"{bone['id']:24s} {len(missing)} of {len(meshes)} meshes are not in the reference data"
                      + (one_way(check, bone, built, joined(refs)) if refs else ""), flush=True)
                continue
            check.bone_mesh = lambda *_: built  # compare() only asks for the mesh
            mean, p95, volume = check.compare(bone, refs, n=10000)
            far, label, place = worst_of(check, bone, built, joined(refs))
            rows.append((bone["id"], bone["group"], mean))
            print(f"{bone['id']:24s} mean {mean:.2f}  p95 {p95:.2f}  volume {volume:.3f}  worst {far:.1f} mm, {label} "
                  f"at {place}", flush=True)
    if not rows:
        raise SystemExit("no bone of that name or group has a reference mesh")
    means = np.array([row[2] for row in rows])
    print()
    for group in dict.fromkeys(row[1] for row in rows):
        own = [row for row in rows if row[1] == group]
        last = max(own, key=lambda row: row[2])
        print(f"{group:10s} {len(own):3d} bones  median mean {np.median([r[2] for r in own]):.2f}  worst {last[2]:.2f} "
              f"({last[0]})")
    print(f"{len(rows)} bones: median mean {np.median(means):.2f} (limit {MEDIAN_MM}), worst {means.max():.2f} "
          f"({rows[int(means.argmax())][0]})")
    return np.median(means) <= MEDIAN_MM

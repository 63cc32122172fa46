"""Landmarks: how far the built one lies from the built bone, and how far from the reference bone. Limit: 3 mm."""
import numpy as np

from reference import joined, landmarks, read_obj, surface_distance, table, work_folders

LIMIT_MM = 3.0


def run(names):
    bones = {b["id"]: b for b in table("bones")["bones"]}
    in_table = {(m["bone"], m["name"]): m["xyz"] for m in table("landmarks")["landmarks"]}
    rows = []
    with work_folders() as (exported, reference):
        built = [m for m in landmarks() if m["side"] != "left"]
        if {(m["bone"], m["name"]) for m in built} != set(in_table):
            raise SystemExit("the built body does not have the landmarks of the table; build it again")
        for bone in dict.fromkeys(m["bone"] for m in built):
            own = [m for m in built if m["bone"] == bone and (not names or bone in names or m["name"] in names)]
            if not own:
                continue
            points = np.array([[m["x"], m["y"], m["z"]] for m in own])
            measured = np.array([in_table[bone, m["name"]] for m in own], float)
            to_bone = surface_distance(read_obj(exported / f"{bone}.obj"), points)
            meshes = [reference / f"{ref}.obj" for ref in bones[bone]["ref"]]
            to_reference = np.full(len(own), np.nan)  # where the data set here lacks a part of the bone
            if all(m.exists() for m in meshes):
                to_reference = surface_distance(joined([read_obj(m) for m in meshes]), measured)
            centre = np.array([m["name"].endswith("centre") for m in own])
            # The middle of a joint's head lies in the bone: as deep in ours as in the reference's.
            to_bone[centre] = np.abs(to_bone - to_reference)[centre]
            to_reference[centre] = np.nan
            rows += [(m["name"], bone, *distances) for m, *distances in zip(own, to_bone, to_reference)]
    if not rows:
        raise SystemExit("no landmark of that name or bone")
    far = [row for row in rows if np.nanmax(row[2:]) > LIMIT_MM]
    for name, bone, to_bone, to_reference in rows:
        if names or (name, bone) in {row[:2] for row in far}:
            print(f"{name:58s} {bone:12s} built bone {to_bone:.1f}  reference bone {to_reference:.1f} mm")
    a = np.array([row[2:] for row in rows])
    print(f"{len(rows)} landmarks: to the built bone median {np.median(a[:, 0]):.2f}, worst {a[:, 0].max():.1f} "
          f"({rows[int(a[:, 0].argmax())][0]}); to the reference bone median {np.nanmedian(a[:, 1]):.2f}, "
          f"worst {np.nanmax(a[:, 1]):.1f} ({rows[int(np.nanargmax(a[:, 1]))][0]}); "
          f"{int(np.isnan(a[:, 1]).sum())} without a whole reference bone; {len(far)} beyond {LIMIT_MM} mm")
    return not far

"""Muscles of the uncalibrated body beside the reference; limits of the mean surface distance: median 0.6, worst 2 mm."""
import numpy as np

from reference import all_muscles, components, module, read_obj, work_folders

MEDIAN_MM, WORST_MM = 0.6, 2.0


def run(names):
    check = module("check_muscles")
    rows = []
    with work_folders() as (exported, reference):
        for name, muscle in all_muscles().items():
            mesh = exported / f"{name}_r.obj"
            if not mesh.exists():
                mesh = exported / f"{name}.obj"  # the diaphragm is one for both sides
            if (names and name not in names) or not muscle.get("ref"):
                continue
            if not (reference / f"{muscle['ref']}.obj").exists():
                print(f"{name:34s} no reference mesh {muscle['ref']}")
                continue
            if not mesh.exists():
                raise SystemExit(f"{mesh} is missing: the export does not hold {name}")

            class Exported:  # stands in for the table's own part; measure() only asks for its mesh
                def __init__(self, piece):
                    self.piece = piece

                def mesh(self):
                    return self.piece

            by_table = check.measure(muscle, str(reference), 1.0)
            original, check.Part = check.Part, Exported
            ours = check.measure({**muscle, "parts": list(components(*read_obj(mesh)))}, str(reference), 1.0)
            check.Part = original
            mean, table_mean = (ours[0] + ours[1]) / 2, (by_table[0] + by_table[1]) / 2
            rows.append((name, mean, table_mean, ours[2], ours[3]))
            print(f"{name:34s} mean {mean:.2f}  table's own {table_mean:.2f}  p95 {ours[2]:.2f}  volume {ours[3]:.3f}",
                  flush=True)
    if not rows:
        raise SystemExit("no muscle of that name has a reference mesh")
    a = np.array([row[1:] for row in rows])
    median, worst = np.median(a[:, 0]), a[:, 0].max()
    print(f"\n{len(rows)} muscles: median mean {median:.2f} (table's own {np.median(a[:, 1]):.2f}; limit {MEDIAN_MM}), "
          f"worst {worst:.2f} ({rows[int(a[:, 0].argmax())][0]}; limit {WORST_MM}), median p95 {np.median(a[:, 2]):.2f}, "
          f"largest difference to the table's own {np.abs(a[:, 0] - a[:, 1]).max():.2f} mm")
    return bool(names) or (median <= MEDIAN_MM and worst <= WORST_MM)

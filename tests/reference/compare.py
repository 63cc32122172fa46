#!/usr/bin/env python3
"""Compares what the program exports with real meshes (BodyParts3D 4.0): a developer's check, not a part of ./test.

  tests/reference/compare.py muscles [NAME ...]

It forges the body without calibration, exports it with `tautband anatomy export` and measures every mesh with the
functions of ../shared/figures/check_muscles.py, so that a row here means what it means there.
Where ../shared, numpy or scipy is missing it says so and stops with success.
"""
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(0)


def module(name):
    path = SHARED / "figures" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def reference_meshes(folder):
    """The archive's OBJ files in the body frame: theirs is x left, y back, z up; ours x left, y up, z front."""
    with zipfile.ZipFile(SHARED / "reference" / "isa_BP3D_4.0_obj_99-subset.zip") as archive:
        for name in archive.namelist():
            if not name.endswith(".obj"):
                continue
            lines = []
            for line in archive.read(name).decode().splitlines():
                if line.startswith("v "):
                    x, y, z = map(float, line.split()[1:4])
                    line = f"v {x:.4f} {z:.4f} {-y:.4f}"
                lines.append(line)
            (folder / pathlib.Path(name).name).write_text("\n".join(lines))


def parts_of(path):
    """(vertices, triangles) of each object of an exported OBJ file."""
    import numpy as np
    vertices, objects = [], []
    for line in path.read_text().splitlines():
        if line.startswith("o "):
            objects.append([])
        elif line.startswith("v "):
            vertices.append([float(v) for v in line.split()[1:4]])
        elif line.startswith("f "):
            objects[-1].append([int(c.split("/")[0]) - 1 for c in line.split()[1:4]])
    everything = np.array(vertices)
    result = []
    for triangles in objects:
        if triangles:
            used, index = np.unique(np.array(triangles), return_inverse=True)
            result.append((everything[used], index.reshape(-1, 3)))
    return result


def components(vertices, triangles):
    """The closed pieces of a mesh: a muscle's heads are separate closed pieces of one object."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components
    edges = np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]]])
    graph = coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(len(vertices),) * 2)
    count, label = connected_components(graph, directed=False)
    for piece in range(count):
        chosen = triangles[label[triangles[:, 0]] == piece]
        used, index = np.unique(chosen, return_inverse=True)
        yield vertices[used], index.reshape(-1, 3)


def compare_muscles(exported, reference, names):
    import json
    import numpy as np
    check = module("check_muscles")
    table = json.loads((ROOT / "assets/figures/muscles.json").read_text())["muscles"]
    rows = []
    for name, muscle in table.items():
        mesh = exported / f"{name}_r.obj"
        if (names and name not in names) or not muscle.get("ref") or not (reference / f"{muscle['ref']}.obj").exists():
            continue
        if not mesh.exists():
            sys.exit(f"{mesh} is missing: the export does not hold {name}")
        pieces = [piece for part in parts_of(mesh) for piece in components(*part)]

        class Exported:  # stands in for the table's own part; measure() only asks for its mesh
            def __init__(self, piece):
                self.piece = piece

            def mesh(self):
                return self.piece

        by_table = check.measure(muscle, str(reference), 1.0)
        original, check.Part = check.Part, Exported
        ours = check.measure({**muscle, "parts": pieces}, str(reference), 1.0)
        check.Part = original
        mean, table_mean = (ours[0] + ours[1]) / 2, (by_table[0] + by_table[1]) / 2
        rows.append((name, mean, table_mean, ours[2], ours[3]))
        print(f"{name:34s} mean {mean:.2f}  table's own {table_mean:.2f}  p95 {ours[2]:.2f}  volume {ours[3]:.3f}",
              flush=True)
    a = np.array([row[1:] for row in rows])
    print(f"\n{len(rows)} muscles: median mean {np.median(a[:, 0]):.2f} (table's own {np.median(a[:, 1]):.2f}), "
          f"max {a[:, 0].max():.2f}, median p95 {np.median(a[:, 2]):.2f}, "
          f"largest difference to the table's own {np.abs(a[:, 0] - a[:, 1]).max():.2f} mm")


def main():
    if not (SHARED / "figures" / "check_muscles.py").exists():
        skip(f"{SHARED} is not here; it is the developers' reference data")
    try:
        import numpy, scipy  # noqa: F401
    except ImportError:
        skip("numpy and scipy are missing: apt-get install python3-numpy python3-scipy")
    program = ROOT / "build/release/tautband"
    if not program.exists():
        sys.exit(f"{program} is missing: build first with ./run --build-only")
    if len(sys.argv) < 2 or sys.argv[1] != "muscles":
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        exported, reference = pathlib.Path(folder, "exported"), pathlib.Path(folder, "reference")
        reference.mkdir()
        body = pathlib.Path(folder, "body")
        forge = program.with_name("tautband-forge")
        subprocess.run([forge, "--figures", ROOT / "assets/figures", "--out", body, "--uncalibrated"], check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run([program, "anatomy", "export", "--out", exported], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "TAUTBAND_ANATOMY": str(body)})
        reference_meshes(reference)
        compare_muscles(exported, reference, sys.argv[2:])


if __name__ == "__main__":
    main()

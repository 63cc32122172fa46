"""What the comparisons with the reference share: finding it, reading meshes, building and exporting the body.

Developers only. ../shared is looked for here and nowhere else in the project; without it, or without numpy and scipy,
every script says so and stops with success.
"""
import contextlib
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
ARCHIVE = SHARED / "reference" / "isa_BP3D_4.0_obj_99-subset.zip"
FIGURES = ROOT / "assets/figures"
PROGRAM = ROOT / "build/release/tautband"
SKIN = "FJ2810"  # double walled; the outer wall is the skin


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(0)


def require(*packages):
    """Stops with success where the reference or a Python package is missing, with failure where the build is."""
    if not (SHARED / "figures" / "check_muscles.py").exists() or not ARCHIVE.exists():
        skip(f"{SHARED} is not here; it is the developers' reference data")
    for package in ("numpy", "scipy", *packages):
        if importlib.util.find_spec(package) is None:
            skip(f"{package} is missing: apt-get install python3-{package.replace('_', '-')} and use /usr/bin/python3")
    if not PROGRAM.exists():
        sys.exit(f"{PROGRAM} is missing: build first with ./run --build-only")


def module(name):
    path = SHARED / "figures" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def table(name):
    return json.loads((FIGURES / f"{name}.json").read_text())


def all_muscles():
    """The muscle tables with the replacements of the second one, by id without side."""
    more = table("muscles_more")
    return {**table("muscles")["muscles"], **more["muscles"], **more.get("replacements", {})}


def reference_meshes(folder):
    """The archive's OBJ files in the body frame: theirs is x left, y back, z up; ours x left, y up, z front."""
    with zipfile.ZipFile(ARCHIVE) as archive:
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


def read_obj(path):
    """(vertices, triangles) of a whole OBJ file; faces may be polygons with a//n corners."""
    import numpy as np
    vertices, triangles = [], []
    for line in path.read_text().splitlines():
        if line.startswith("v "):
            vertices.append(line.split()[1:4])
        elif line.startswith("f "):
            corner = [int(c.split("/")[0]) - 1 for c in line.split()[1:]]
            triangles += [(corner[0], corner[k], corner[k + 1]) for k in range(1, len(corner) - 1)]
    return np.array(vertices, float), np.array(triangles, int).reshape(-1, 3)


def joined(meshes):
    """Several meshes as one."""
    import numpy as np
    vertices, triangles, base = [], [], 0
    for v, t in meshes:
        vertices.append(v)
        triangles.append(t + base)
        base += len(v)
    return np.vstack(vertices), np.vstack(triangles)


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
        if len(chosen):
            used, index = np.unique(chosen, return_inverse=True)
            yield vertices[used], index.reshape(-1, 3)


def forge(folder):
    """The body of the tables without calibration."""
    subprocess.run([PROGRAM.with_name("tautband-forge"), "--figures", FIGURES, "--out", folder, "--uncalibrated"],
                   check=True, stdout=subprocess.DEVNULL)


def export(body, folder):
    """OBJ files of a body folder (of the program's own, calibrated body where it is None)."""
    environment = {**os.environ}
    environment.pop("TAUTBAND_ANATOMY", None)
    if body:
        environment["TAUTBAND_ANATOMY"] = str(body)
    subprocess.run([PROGRAM, "anatomy", "export", "--out", folder], check=True, stdout=subprocess.DEVNULL,
                   env=environment)


def landmarks():
    """Landmarks of the built body as the program tells them."""
    return json.loads(subprocess.run([PROGRAM, "anatomy", "landmarks", "--json"], check=True, capture_output=True).stdout)


@contextlib.contextmanager
def work_folders(calibrated=False):
    """Folders (exported, reference) full of OBJ files. TB_COMPARE_KEEP=FOLDER keeps them between runs."""
    kept = os.environ.get("TB_COMPARE_KEEP")
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(kept or stack.enter_context(tempfile.TemporaryDirectory()))
        exported = folder / ("calibrated" if calibrated else "uncalibrated")
        reference = folder / "reference"
        if not reference.exists():
            reference.mkdir(parents=True)
            reference_meshes(reference)
        if not exported.exists():
            body = None
            if not calibrated:
                body = folder / "body"
                forge(body)
            export(body, exported)
        yield exported, reference


def surface_distance(mesh, points, nearest=24):
    """Distance of points to a triangle mesh, mm: exact on the triangles whose centres are nearest.

    Triangles are split to 3 mm first, so that the nearest one is among them.
    """
    import numpy as np
    check = module("check_muscles")
    target = check.Target(*mesh, size=3.0)
    return target.dist(np.asarray(points, float), nearest)

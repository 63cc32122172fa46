"""A body folder (body.glb, catalogue.json) that holds the reference's meshes under our structure ids.

Only for pictures of both bodies by the same renderer. It is written outside the project and is never to be kept in it.
The reference's meshes have small holes and edges with more than two triangles, which the program refuses; so every
triangle becomes a closed leaf of its own (itself and its back), with the normals of the whole mesh. Lattice coordinates,
fibres and tendons are those of the nearest vertex of our uncalibrated mesh. What the reference lacks becomes a speck.
"""
import json
import struct

import numpy as np
from scipy.spatial import cKDTree

from reference import SKIN, all_muscles, joined, read_obj, table

SPECK_AT = np.array([0.0, 1690.0, 80.0])  # inside the head
SPECK = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]], float) * 2.0
SPECK_TRIANGLES = np.array([[0, 2, 1], [0, 3, 2], [0, 1, 3], [1, 2, 3]])
KINDS = {5121: np.uint8, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}


class Glb:
    """Reads the meshes of the forge's own body.glb."""

    def __init__(self, path):
        data = path.read_bytes()
        size = struct.unpack("<I", data[12:16])[0]
        self.json = json.loads(data[20:20 + size])
        self.bytes = data[20 + size + 8:]
        self.meshes = {m["name"]: m["primitives"][0] for m in self.json["meshes"]}

    def array(self, index):
        accessor = self.json["accessors"][index]
        view = self.json["bufferViews"][accessor["bufferView"]]
        start = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
        width = WIDTHS[accessor["type"]]
        kind = np.dtype(KINDS[accessor["componentType"]])
        values = np.frombuffer(self.bytes, kind, accessor["count"] * width, start).reshape(-1, width)
        return values / 255.0 if kind == np.uint8 else values / 65535.0 if kind == np.uint16 else values

    def attributes(self, name):
        return {key: self.array(index) for key, index in self.meshes[name]["attributes"].items()}


def normals_of(vertices, triangles):
    cross = np.cross(vertices[triangles[:, 1]] - vertices[triangles[:, 0]], vertices[triangles[:, 2]] - vertices[triangles[:, 0]])
    sums = np.zeros_like(vertices)
    for k in range(3):
        np.add.at(sums, triangles[:, k], cross)
    return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)


def leaves(vertices, triangles):
    """(positions, normals, triangles): closed leaves and a speck, which gives the mesh a volume."""
    n = 3 * len(triangles)
    positions = np.vstack([vertices[triangles].reshape(-1, 3), SPECK_AT + SPECK])
    normals = np.vstack([normals_of(vertices, triangles)[triangles].reshape(-1, 3), normals_of(SPECK, SPECK_TRIANGLES)])
    own = np.arange(n).reshape(-1, 3)
    return positions, normals, np.vstack([own, own[:, ::-1], n + SPECK_TRIANGLES])


def references():
    """Structure id -> (reference ids, whether they are of the other side)."""
    found = {"skin": ([SKIN], False)}
    for name, muscle in all_muscles().items():
        if muscle.get("ref"):
            found[name] = found[f"{name}_r"] = ([muscle["ref"]], bool(muscle.get("mirrored")))
    for bone in table("bones")["bones"]:
        found[bone["id"]] = (bone["ref"], False)
    for disc in table("discs")["discs"]:
        found["disc-" + disc["level"].replace("/", "-")] = ([disc["ref"]], False)
    return found


def write(folder, body, reference):
    """Writes the folder from our body folder (for ids, texts and lattices) and a folder of the reference's OBJ files.

    Returns the ids for which the reference has nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    catalogue = json.loads((body / "catalogue.json").read_text())
    ours, wanted, missing = Glb(body / "body.glb"), references(), []
    chunks, accessors, views, meshes, offset = [], [], [], [], 0

    def add(values, kind, target):
        nonlocal offset
        raw = np.ascontiguousarray(values).tobytes()
        raw += b"\0" * (-len(raw) % 4)
        views.append({"buffer": 0, "byteOffset": offset, "byteLength": len(raw), "target": target})
        accessor = {"bufferView": len(views) - 1, "byteOffset": 0, "componentType": 5125 if kind == "SCALAR" else 5126,
                    "count": len(values.reshape(-1, WIDTHS[kind])), "type": kind}
        low, high = values.reshape(-1, WIDTHS[kind]).min(0), values.reshape(-1, WIDTHS[kind]).max(0)
        accessor.update(min=[v.item() for v in low], max=[v.item() for v in high])
        accessors.append(accessor)
        chunks.append(raw)
        offset += len(raw)
        return len(accessors) - 1

    for structure in catalogue["structures"]:
        refs, mirror = wanted.get(structure["id"], ([], False))
        present = [read_obj(reference / f"{r}.obj") for r in refs if (reference / f"{r}.obj").exists()]
        if present:
            vertices, triangles = joined(present)
            if mirror:
                vertices, triangles = vertices * [-1, 1, 1], triangles[:, ::-1]
            positions, normals, indices = leaves(vertices, triangles)
        else:
            missing.append(structure["id"])
            positions, normals, indices = SPECK_AT + SPECK, normals_of(SPECK, SPECK_TRIANGLES), SPECK_TRIANGLES
        attributes = {"POSITION": add(positions.astype(np.float32), "VEC3", 34962),
                      "NORMAL": add(normals.astype(np.float32), "VEC3", 34962)}
        if structure.get("parts"):
            own = ours.attributes(structure["id"] + "#0")
            nearest = cKDTree(own["POSITION"]).query(positions)[1]
            for key in ("TEXCOORD_0", "TEXCOORD_1", "COLOR_0"):
                values = own[key][nearest].astype(np.float32)
                attributes[key] = add(values, f"VEC{values.shape[1]}", 34962)
        meshes.append({"name": structure["id"] + "#0", "primitives": [
            {"mode": 4, "attributes": attributes, "indices": add(indices.astype(np.uint32), "SCALAR", 34963)}]})
        p = positions.astype(np.float32).astype(float)[indices]
        structure["volume_ml"] = float(np.einsum("ij,ij->i", p[:, 0], np.cross(p[:, 1], p[:, 2])).sum() / 6000.0)
        structure["triangles"], structure["lods"] = len(indices), 1
    binary = b"".join(chunks)
    text = json.dumps({
        "asset": {"version": "2.0"}, "accessors": accessors, "bufferViews": views, "meshes": meshes,
        "buffers": [{"byteLength": len(binary)}], "scene": 0, "scenes": [{"nodes": [0]}],
        "nodes": [{"name": "body", "children": list(range(1, len(meshes) + 1))}] +
                 [{"name": m["name"], "mesh": i} for i, m in enumerate(meshes)]}).encode()
    text += b" " * (-len(text) % 4)
    total = 12 + 8 + len(text) + 8 + len(binary)
    (folder / "body.glb").write_bytes(b"glTF" + struct.pack("<II", 2, total) + struct.pack("<I4s", len(text), b"JSON") +
                                      text + struct.pack("<I4s", len(binary), b"BIN\0") + binary)
    catalogue["mesh_digest"] = ""
    (folder / "catalogue.json").write_text(json.dumps(catalogue))
    return missing
